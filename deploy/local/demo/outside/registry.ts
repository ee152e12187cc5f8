import type avro from 'avsc';
import { typeOf } from './wire.ts';

/** What a stock Confluent serializer asks of a schema registry, over its HTTP interface. */
export class Registry {
  readonly #byId = new Map<number, Promise<avro.Type>>();
  readonly #latest = new Map<string, Promise<{ id: number; type: avro.Type }>>();

  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The newest version under TopicRecordNameStrategy: `<topic>-<full name of the record>`. */
  latest(topic: string, record: string): Promise<{ id: number; type: avro.Type }> {
    const subject = `${topic}-${record}`;
    const known = this.#latest.get(subject) ?? this.#lookUp(subject);
    this.#latest.set(subject, known);
    return known;
  }

  /** The schema that a message was written with. */
  byId(id: number): Promise<avro.Type> {
    const known =
      this.#byId.get(id) ?? this.#get<{ schema: string }>(`/schemas/ids/${id}`).then(({ schema }) => typeOf(schema));
    this.#byId.set(id, known);
    return known;
  }

  async #lookUp(subject: string): Promise<{ id: number; type: avro.Type }> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/latest`;
    const { id, schema } = await this.#get<{ id: number; schema: string }>(path);
    return { id, type: typeOf(schema) };
  }

  async #get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.#url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
