import kafkajs, { type EachMessagePayload } from 'kafkajs';
import {
  ConsumptionRecorded,
  Decimal,
  Topic,
  type ConsumptionAccepted,
  type StockMoved,
} from '@wardline/event-contracts';
import { businessEvent, newEventId, type Log } from '@wardline/event-handling';
import { AvroCodec } from '@wardline/kafka';
import { products, wards } from '../../deploy/local/demo/hospital.ts';

/** One record on its way; times by `performance.now()`. */
export interface Trip {
  readonly sentAt: number;
  readonly key: string;
  /** When `ConsumptionAccepted` of it was read. */
  readonly accepted: number[];
  /** When `StockMoved` of it was read, or the record itself where nobody else reads it. */
  readonly moved: number[];
}

/** A plain producer and a plain consumer of kafkajs, in one process so that one clock measures both. */
export interface Outsider {
  /** Produces a use of stock; its trip fills as what follows from it is read. */
  readonly sendConsumption: () => Trip;
  /** Produces the same bytes to a topic that only the consumer here reads. */
  readonly sendToNobody: () => Trip;
  /** How many movements were read before one that was sent earlier with their key. */
  readonly outOfOrder: () => number;
  readonly close: () => Promise<void>;
}

const floorTopic = 'bench.floor';
const untracked = products.filter(({ tracking }) => tracking === 'none');
const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens the outsider; resolves once its consumer reads. */
export async function openOutsider(to: { brokers: string; registryUrl: string }): Promise<Outsider> {
  const codec = await AvroCodec.open({ registryUrl: to.registryUrl, register: false, log: quiet });
  const kafka = new kafkajs.Kafka({
    brokers: to.brokers.split(','),
    clientId: 'bench',
    logLevel: kafkajs.logLevel.ERROR,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: floorTopic, numPartitions: 6 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const consumer = kafka.consumer({ groupId: 'bench', allowAutoTopicCreation: false });
  await Promise.all([producer.connect(), consumer.connect()]);
  const trips = new Trips(codec);
  await consumer.subscribe({
    topics: [floorTopic, Topic.InventoryConsumption, Topic.InventoryStock],
    fromBeginning: true,
  });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({ autoCommit: false, eachMessage: async (payload) => trips.seen(payload) });
  await joined;
  const send = (topic: string): Trip => {
    const { id, key, value } = trips.next();
    const trip = trips.begin(id, key);
    void producer.send({ topic, messages: [{ key, value, headers: { id } }], acks: -1 }).catch(() => undefined);
    return trip;
  };
  return {
    sendConsumption: () => send(Topic.ClinicalConsumption),
    sendToNobody: () => send(floorTopic),
    outOfOrder: () => trips.outOfOrder,
    close: async () => void (await Promise.allSettled([producer.disconnect(), consumer.disconnect()])),
  };
}

class Trips {
  outOfOrder = 0;
  readonly #codec: AvroCodec;
  readonly #trips = new Map<string, Trip>();
  readonly #lastByKey = new Map<string, number>();
  #count = 0n;

  constructor(codec: AvroCodec) {
    this.#codec = codec;
  }

  begin(id: string, key: string): Trip {
    const trip: Trip = { sentAt: performance.now(), key, accepted: [], moved: [] };
    this.#trips.set(id, trip);
    return trip;
  }

  /** A piece of something untracked, from one shelf of the demo hospital after the other. */
  next(): { id: string; key: string; value: Buffer } {
    this.#count += 1n;
    const id = newEventId(new Date());
    const product = untracked[Number(this.#count % BigInt(untracked.length))]!.code;
    const ward = wards[Number((this.#count / BigInt(untracked.length)) % BigInt(wards.length))]!;
    const key = `${ward}/${product}`;
    const event = businessEvent(Topic.ClinicalConsumption, key, ConsumptionRecorded, {
      ...{ eventId: id, correlationId: id, causationId: null, recordedAt: null, occurredAt: new Date() },
      ...{ source: 'bench', sequence: this.#count, kind: 'USED', reverses: null, reason: null },
      ...{ lotNumber: null, serialNumber: null, expiryDate: null, encounterRef: null, performerRef: null },
      product: { scheme: 'INTERNAL', value: product, supplierCode: null },
      location: { scheme: 'CODE', value: ward },
      quantity: new Decimal(1),
      unit: 'EA',
    });
    return { id, key, value: this.#codec.encode(event) };
  }

  async seen({ topic, message }: EachMessagePayload): Promise<void> {
    const at = performance.now();
    if (topic === floorTopic) return void this.#trips.get(String(message.headers?.['id']))?.moved.push(at);
    const read = await this.#codec.decode(topic, message.value);
    if (!read.ok) return;
    const { correlationId } = read.data as unknown as ConsumptionAccepted | StockMoved;
    const trip = this.#trips.get(correlationId);
    if (trip === undefined) return;
    if (topic === Topic.InventoryConsumption) trip.accepted.push(at);
    else this.#moved(trip, at);
  }

  #moved(trip: Trip, at: number): void {
    trip.moved.push(at);
    const last = this.#lastByKey.get(trip.key) ?? 0;
    if (trip.sentAt < last) this.outOfOrder += 1;
    this.#lastByKey.set(trip.key, Math.max(last, trip.sentAt));
  }
}
