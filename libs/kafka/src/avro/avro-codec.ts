import { catalogue, type RecordType, type TopicContract } from '@wardline/event-contracts';
import type { BusinessEvent, DecodeResult, EventCodec, Log } from '@wardline/event-handling';
import { fullNameOf, type AvroNode, type AvroSchema } from './avro-schema.js';
import { frameLength, magicByte } from './confluent-frame.js';
import { beginningOf } from './logical-types.js';
import { bodyReader, framedRecord, recordFormOf, type BodyReader, type RecordForm } from './schema-reading.js';
import { RegistryClient, subjectOf, type RegistryConnection } from '../registry/schema-registry.js';
import { retried } from '../retried.js';
import { WriterSchemas, type UnknownSchemaPatience } from '../registry/writer-schemas.js';

const longestMessage = 500;

/** How the codec is opened. */
export interface AvroCodecOptions extends RegistryConnection {
  /** Register what the registry does not have; off outside development (DESIGN part 4). */
  readonly register: boolean;
  readonly log: Log;
  /** How long to try at the start before giving up, in milliseconds; endlessly when absent. */
  readonly startWithinMs?: number;
  readonly patience?: UnknownSchemaPatience;
  /** Nothing is to be written: what the registry lacks of the catalogue does not matter. Default false. */
  readonly readOnly?: boolean;
  /** The catalogue of another deployment; the generated one when absent. */
  readonly topics?: readonly TopicContract[];
}

interface WriterRecord {
  readonly typeName: string;
  readonly read: BodyReader | { readonly unreadable: string };
}

/** Confluent-framed Avro by the catalogue: one byte 0, the schema id in four bytes, the record. */
export class AvroCodec implements EventCodec {
  private readonly writers: WriterSchemas<WriterRecord>;
  private readonly allowed: ReadonlyMap<string, ReadonlySet<string>>;

  private constructor(
    private readonly readers: ReadonlyMap<string, RecordForm>,
    private readonly ids: ReadonlyMap<string, number>,
    registry: RegistryClient,
    options: AvroCodecOptions,
  ) {
    this.allowed = allowedRecords(options.topics ?? catalogue);
    this.writers = new WriterSchemas(
      (id) => registry.schemaOf(id),
      (_id, schema) => this.prepare(schema),
      options.patience,
    );
    // What we write ourselves is readable at once and while the registry is away.
    for (const [subject, id] of ids) this.writers.remember(id, readers.get(recordOf(subject))!.schema);
  }

  /** Looks up, or registers, the schema of every record on every topic; tries again while the registry is away. */
  static async open(options: AvroCodecOptions): Promise<AvroCodec> {
    const topics = options.topics ?? catalogue;
    const registry = new RegistryClient(options);
    if (options.readOnly === true) return new AvroCodec(readerRecords(topics), new Map(), registry, options);
    const work = (): Promise<Map<string, number>> => schemaIds(registry, topics, options.register);
    const ids = await retried('schema ids', work, options.log, options.startWithinMs);
    return new AvroCodec(readerRecords(topics), ids, registry, options);
  }

  encode(event: BusinessEvent): Buffer {
    const { topic, type } = event;
    const id = this.ids.get(subjectOf(topic, type.fullName));
    const reader = this.readers.get(type.fullName);
    if (id === undefined || reader === undefined) {
      throw new Error(`${type.fullName} does not belong to the topic ${topic}; list it in schemas/catalogue.yaml`);
    }
    try {
      return framedRecord(id, event.data, reader);
    } catch (error) {
      throw new Error(`${type.fullName} cannot be published: ${reasonOf(error)}`, { cause: error });
    }
  }

  decode(topic: string, value: Buffer | null): DecodeResult | Promise<DecodeResult> {
    if (value === null || value.length === 0) return refused('EMPTY_VALUE', 'The message has no value.');
    if (value[0] !== magicByte || value.length < frameLength) {
      return refused('UNDECODABLE', `The value does not begin with byte 0 and a schema id: ${beginning(value)}.`);
    }
    const id = value.readInt32BE(1);
    const cached = this.writers.cached(id);
    if (cached === 'unknown') return unknownSchema(id);
    if (cached !== 'ask') return this.read(topic, cached, value);
    return this.writers.ask(id).then((w) => (w === undefined ? unknownSchema(id) : this.read(topic, w, value)));
  }

  private read(topic: string, { typeName, read }: WriterRecord, value: Buffer): DecodeResult {
    if (this.allowed.get(topic)?.has(typeName) !== true) {
      return refused(
        'UNKNOWN_TYPE',
        `Records of ${typeName} do not belong to the topic ${topic} (schemas/catalogue.yaml).`,
      );
    }
    if (typeof read !== 'function') return refused('UNDECODABLE', `${typeName} cannot be read: ${read.unreadable}.`);
    try {
      return { ok: true, typeName, data: read(value.subarray(frameLength)) };
    } catch (error) {
      return refused('UNDECODABLE', `The value is no ${typeName} of its schema: ${reasonOf(error)}.`);
    }
  }

  private prepare(schema: AvroSchema): WriterRecord {
    const typeName = recordNameOf(schema);
    const reader = this.readers.get(typeName);
    if (reader === undefined) return { typeName, read: { unreadable: 'nobody here reads it' } };
    try {
      return { typeName, read: bodyReader(schema, reader) };
    } catch (error) {
      return { typeName, read: { unreadable: reasonOf(error) } };
    }
  }
}

/** Looks up or registers every (topic, record) pair of the catalogue; throws naming the subjects that are missing. */
export async function schemaIds(
  registry: RegistryClient,
  topics: readonly TopicContract[],
  register: boolean,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const missing: string[] = [];
  for (const topic of topics) {
    for (const type of topic.records) {
      const subject = subjectOf(topic.name, type.fullName);
      const id = (await registry.lookUp(topic, type)) ?? (register ? await registry.register(topic, type) : undefined);
      if (id === undefined) missing.push(subject);
      else ids.set(subject, id);
    }
  }
  if (missing.length === 0) return ids;
  throw new Error(`not in the schema registry in this version: ${missing.join(', ')}; register the schemas first`);
}

function readerRecords(topics: readonly TopicContract[]): Map<string, RecordForm> {
  const types = new Map<string, RecordType<unknown>>();
  for (const type of topics.flatMap((topic) => topic.records)) types.set(type.fullName, type);
  return new Map([...types].map(([name, type]) => [name, recordFormOf(JSON.parse(type.schema) as AvroSchema)]));
}

function allowedRecords(topics: readonly TopicContract[]): Map<string, Set<string>> {
  return new Map(topics.map((topic) => [topic.name, new Set(topic.records.map((type) => type.fullName))]));
}

function recordOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('-') + 1);
}

type Refusal = Extract<DecodeResult, { ok: false }>;

/** A refusal; its message, which may hold what a stranger wrote, is kept short and publishable. */
function refused(code: Refusal['code'], message: string): Refusal {
  return { ok: false, code, message: beginningOf(message, longestMessage) };
}

function unknownSchema(id: number): Refusal {
  return refused(
    'UNKNOWN_SCHEMA',
    `The schema registry knows no Avro schema with the id ${id}; the producer has to register it.`,
  );
}

function beginning(value: Buffer): string {
  return `${value.length} bytes, ${value.subarray(0, 8).toString('hex')}${value.length > 8 ? '…' : ''}`;
}

/** The full name of a writer's record; a registry may hold anything under an id, also what is no schema. */
function recordNameOf(schema: unknown): string {
  const node = schema as Partial<AvroNode> | null;
  const isNamed = typeof node?.name === 'string' && ['string', 'undefined'].includes(typeof node.namespace);
  return node?.type === 'record' && isNamed ? fullNameOf(node as AvroNode) : 'a schema that is no record with a name';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
