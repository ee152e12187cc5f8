import { randomUUID } from 'node:crypto';
import { Consumer } from '@platformatic/kafka';
import { Registry } from './registry.ts';
import { Evidence } from '../report/evidence.ts';

const topics = [
  ...['clinical.consumption', 'warehouse.scan', 'clinical.consumption-receipt', 'warehouse.scan-receipt'],
  ...['inventory.stock', 'erp.posting'],
];

/** Reads from the beginning what everybody may read, with a stock client: records, receipts, movements, postings. */
export class Witness {
  readonly evidence = new Evidence();
  readonly #consumer: Consumer;
  readonly #registry: Registry;
  #lost: Error | null = null;

  private constructor(brokers: string, registryUrl: string) {
    const group = { groupId: `day-${randomUUID()}`, clientId: 'day-witness' };
    this.#consumer = new Consumer({ ...group, bootstrapBrokers: brokers.split(',') });
    this.#registry = new Registry(registryUrl);
  }

  static async open({
    brokers,
    registryUrl,
  }: {
    readonly brokers: string;
    readonly registryUrl: string;
  }): Promise<Witness> {
    const witness = new Witness(brokers, registryUrl);
    await witness.#read();
    return witness;
  }

  /** Throws when it can read no more. */
  check(): void {
    if (this.#lost !== null) throw new Error(`The topics cannot be read any more: ${this.#lost.message}`);
  }

  async close(): Promise<void> {
    await this.#consumer.close(true);
  }

  async #read(): Promise<void> {
    const stream = await this.#consumer.consume({ topics, mode: 'earliest', autocommit: false, maxWaitTime: 100 });
    const reading = async (): Promise<void> => {
      for await (const { value } of stream) {
        if (value === undefined || value.length < 5 || value[0] !== 0) continue;
        const type = await this.#registry.byId(value.readInt32BE(1)).catch(() => undefined);
        if (type === undefined) continue;
        const data = type.fromBuffer(value.subarray(5)) as Record<string, unknown>;
        this.evidence.add((type.name ?? '').split('.').at(-1)!, data);
      }
    };
    void reading().catch((error: Error) => (this.#lost = error));
  }
}
