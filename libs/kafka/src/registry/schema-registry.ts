import { SchemaRegistry, SchemaType, COMPATIBILITY } from '@kafkajs/confluent-schema-registry';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordType, TopicContract } from '@wardline/event-contracts';
import type { AvroSchema } from '../avro/avro-schema.js';

/** How to reach the schema registry. */
export interface RegistryConnection {
  /** Its Confluent-compatible address, such as `http://registry:8081` or Apicurio's `…/apis/ccompat/v7`. */
  readonly registryUrl: string;
  readonly auth?: { readonly username: string; readonly password: string };
  /** Longest time for one request, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
}

/** The registry could not be asked: nothing is said about the schema. */
export class RegistryUnavailable extends Error {
  override readonly name = 'RegistryUnavailable';
}

const triesToRegister = 5;

/** Subject of a record on a topic: TopicRecordNameStrategy. */
export function subjectOf(topic: string, fullName: string): string {
  return `${topic}-${fullName}`;
}

/** The registry calls that the codec needs, with errors that say what to do. */
export class RegistryClient {
  private readonly client: SchemaRegistry;

  constructor(private readonly connection: RegistryConnection) {
    this.client = new SchemaRegistry({
      host: connection.registryUrl,
      ...(connection.auth ? { auth: connection.auth } : {}),
      retry: { retries: 0 },
    });
  }

  /** The id of a schema that is registered under its subject; undefined when it is not. */
  async lookUp(topic: TopicContract, type: RecordType<unknown>): Promise<number | undefined> {
    try {
      return await this.timed(this.client.getRegistryIdBySchema(subjectOf(topic.name, type.fullName), confluent(type)));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw this.unavailable(error);
    }
  }

  /**
   * Registers a schema under its subject, with compatibility FULL_TRANSITIVE on a new subject; answers its id. Others may
   * register the same at the same time: of two who begin a subject the registry refuses one, and neither has set its
   * compatibility yet, so a refusal counts only when it is repeated.
   */
  async register(topic: TopicContract, type: RecordType<unknown>): Promise<number> {
    const subject = subjectOf(topic.name, type.fullName);
    for (let tries = 1; ; tries++) {
      try {
        const options = { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE };
        return (await this.timed(this.client.register(confluent(type), options))).id;
      } catch (error) {
        const status = statusOf(error);
        if (status === undefined && !isCompatibilityComplaint(error)) throw this.unavailable(error);
        if (tries === triesToRegister)
          throw new Error(`the registry refused ${subject}: ${messageOf(error)}`, { cause: error });
        await sleep(100 * tries);
      }
    }
  }

  /** The schema of an id as JSON; undefined when the registry does not know the id, or takes it for none. */
  async schemaOf(id: number): Promise<AvroSchema | undefined> {
    const response = await this.get(`/schemas/ids/${id}`);
    if (noSuchId.has(response.status)) return undefined;
    if (!response.ok) throw this.unavailable(new Error(`HTTP ${response.status}`));
    const { schema, schemaType } = await this.answer<{ schema: string; schemaType?: string }>(response);
    if (schemaType !== undefined && schemaType !== 'AVRO') return undefined;
    return parsed(schema);
  }

  private async get(path: string): Promise<Response> {
    const { auth, registryUrl } = this.connection;
    const basic = auth && Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    try {
      return await fetch(`${registryUrl.replace(/\/$/, '')}${path}`, {
        headers: {
          accept: 'application/vnd.schemaregistry.v1+json',
          ...(basic ? { authorization: `Basic ${basic}` } : {}),
        },
        signal: AbortSignal.timeout(this.timeoutMs),
      });
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  private async answer<T>(response: Response): Promise<T> {
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  private get timeoutMs(): number {
    return this.connection.timeoutMs ?? 5_000;
  }

  private async timed<T>(request: Promise<T>): Promise<T> {
    const ended = new AbortController();
    const tooLate = sleep(this.timeoutMs, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`no answer within ${this.timeoutMs} ms`);
    });
    tooLate.catch(() => undefined);
    return Promise.race([request, tooLate]).finally(() => ended.abort());
  }

  private unavailable(error: unknown): RegistryUnavailable {
    const why = messageOf(error);
    const text = `the schema registry at ${this.connection.registryUrl} does not answer (${why}); start it or correct SCHEMA_REGISTRY_URL`;
    return new RegistryUnavailable(text, { cause: error });
  }
}

const noSuchId: ReadonlySet<number> = new Set([400, 404, 422]);

/** What is no JSON is no schema of ours either; it stands for itself, and whoever reads it finds no record. */
function parsed(schema: string): AvroSchema {
  try {
    return JSON.parse(schema) as AvroSchema;
  } catch {
    return schema;
  }
}

function confluent(type: RecordType<unknown>): { type: SchemaType.AVRO; schema: string } {
  return { type: SchemaType.AVRO, schema: type.schema };
}

function isNotFound(error: unknown): boolean {
  // The client wraps a 404 of this one call into an error without its status.
  return statusOf(error) === 404 || (error instanceof Error && error.name === 'ConfluentSchemaRegistryError');
}

function isCompatibilityComplaint(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConfluentSchemaRegistryCompatibilityError';
}

function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
  return status >= 400 && status < 500 ? status : undefined;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
