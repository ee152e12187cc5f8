import { Producer, type MessageToProduce } from '@platformatic/kafka';

/** A message with nothing checked: any bytes, headers that repeat or have no value, any time, packed or not. */
export interface RawRecord {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: readonly (readonly [name: Buffer, value: Buffer | null])[];
  readonly timestamp?: bigint;
  readonly compression?: 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

/** Puts messages onto partition 0 of a topic as they are. */
export class RawProducer {
  readonly #producer: Producer;

  constructor(brokers: string) {
    this.#producer = new Producer({ clientId: 'raw', bootstrapBrokers: brokers.split(','), retries: 10 });
  }

  /** Sends messages as one batch, packed as the first one says; answers the offset of the first. */
  async send(...records: readonly RawRecord[]): Promise<bigint> {
    const { compression } = records[0]!;
    const packed = compression === undefined ? {} : { compression };
    const { offsets } = await this.#producer.send({ messages: records.map(message), acks: -1, ...packed });
    return offsets![0]!.offset;
  }

  close(): Promise<void> {
    return this.#producer.close();
  }
}

function message({
  key,
  value,
  headers = [],
  timestamp,
  topic,
}: RawRecord): MessageToProduce<Buffer, Buffer, Buffer, Buffer> {
  // A Map tells keys apart by identity, so that one name can stand in it twice.
  const map = new Map(headers) as Map<Buffer, Buffer>;
  const at = timestamp === undefined ? {} : { timestamp };
  return { topic, partition: 0, key: key as Buffer, value: value as Buffer, headers: map, ...at };
}
