import { randomUUID } from 'node:crypto';
import { Producer } from '@platformatic/kafka';
import { Registry } from '../../../deploy/local/demo/outside/registry.ts';
import { framed } from '../../../deploy/local/demo/outside/wire.ts';

const topic = 'clinical.consumption';
const recordName = 'org.wardline.clinical.ConsumptionRecorded';

/** A consumption record as an upstream team writes it; what is left out has the schema's meaning of nothing. */
export interface Consumption {
  readonly eventId: string;
  readonly occurredAt: number;
  readonly recordedAt: number | null;
  readonly source: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly sequence: number | null;
  readonly kind: string;
  readonly reverses: string | null;
  readonly product: { readonly scheme: string; readonly value: string; readonly supplierCode: string | null };
  readonly location: { readonly scheme: string; readonly value: string };
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: number | null;
  /** Decimal text. */
  readonly quantity: string;
  readonly unit: string;
  readonly encounterRef: string | null;
  readonly performerRef: string | null;
  readonly reason: string | null;
}

/** A piece of a product used a minute ago, with what a test wants different. */
export function consumption(product: string, location: string, different: Partial<Consumption> = {}): Consumption {
  const eventId = randomUUID();
  return {
    eventId,
    occurredAt: Date.now() - 60_000,
    ...{ recordedAt: null, causationId: null, sequence: null, reverses: null, lotNumber: null, serialNumber: null },
    ...{ expiryDate: null, encounterRef: null, performerRef: null, reason: null },
    source: 'cabinet-7',
    correlationId: eventId,
    kind: 'USED',
    product: { scheme: 'INTERNAL', value: product, supplierCode: null },
    location: { scheme: 'CODE', value: location },
    quantity: '1',
    unit: 'EA',
    ...different,
  };
}

/** An upstream team: a stock Kafka client and an Avro library, nothing of Wardline's. No headers. */
export class Upstream {
  readonly #producer: Producer;
  readonly #registry: Registry;

  constructor({ brokers, registryUrl }: { readonly brokers: string; readonly registryUrl: string }) {
    this.#registry = new Registry(registryUrl);
    this.#producer = new Producer({ clientId: 'upstream', bootstrapBrokers: brokers.split(','), retries: 10 });
  }

  /** Sends records in order under the key of the contract, `<location value>/<product value>`. */
  async send(...records: readonly Consumption[]): Promise<void> {
    const { id, type } = await this.#registry.latest(topic, recordName);
    const messages = records.map((record) => ({
      topic,
      key: Buffer.from(`${record.location.value}/${record.product.value}`),
      value: framed(id, type.toBuffer(record)),
    }));
    await this.#producer.send({ messages, acks: -1 });
  }

  /** Sends any record of a topic as its newest schema says. */
  async sendRecord(to: string, record: string, key: string, data: object): Promise<void> {
    const { id, type } = await this.#registry.latest(to, record);
    await this.sendBytes(key, framed(id, type.toBuffer(data)), to);
  }

  /** Sends bytes that need not be a record. */
  async sendBytes(key: string, value: Buffer | null, to = topic): Promise<void> {
    const message = { topic: to, key: Buffer.from(key), ...(value === null ? {} : { value }) };
    await this.#producer.send({ messages: [message], acks: -1 });
  }

  close(): Promise<void> {
    return this.#producer.close();
  }
}
