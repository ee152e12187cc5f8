import { setTimeout as sleep } from 'node:timers/promises';
import { Decimal, StockMoved, Topic, type PostingSucceeded } from '@wardline/event-contracts';
import { businessEvent, newEventId } from '@wardline/event-handling';
import { AvroCodec } from '@wardline/kafka';
import kafkajs from 'kafkajs';
import { wards } from '../../../deploy/local/demo/hospital.ts';
import { seedHospital } from '../../../deploy/local/demo/seed-hospital.ts';
import type { OdooAddress } from '../../../deploy/local/demo/odoo-rpc.ts';
import type { Server } from '../../../deploy/local/platform/server.ts';
import { comparison, orBroken, type LaneRound } from '../comparison.ts';
import { factsOf, postBare, type TransferFacts } from '../contenders/bare-odoo.ts';
import { quiet } from '../contenders/movements.ts';
import { startPlatform, type OwnPlatform } from '../own-stack.ts';
import { realOdoo } from '../real-odoo.ts';
import { inTurn } from '../rounds.ts';
import type { Measured, Scenario, Surroundings, Table } from '../scenario.ts';
import { spreadOf } from '../statistics.ts';

/** Documents of a lane, by the size of its batches: enough for seconds. */
const sizes = [
  { batch: 1, documents: 25 },
  { batch: 10, documents: 90 },
  { batch: 100, documents: 300 },
  { batch: 200, documents: 600 },
] as const;
const product = 'MASK-FFP2';
const patienceMs = 300_000;

/** From a movement to its transfer in a real Odoo. */
export const odooPosting: Scenario = {
  name: 'odoo-posting',
  question:
    'How many movements a second does the adapter post to a real Odoo 19, beside a bare script with the same calls?',
  measure,
};

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress, atEnd } = surroundings;
  const odoo = await realOdoo(surroundings);
  const platform = await startPlatform(surroundings);
  progress('the demo hospital goes to Odoo');
  await seedHospital(odoo, new Date());
  const posted = await Posted.open(platform);
  atEnd(() => posted.close());
  const warmUp = await adapter(platform, odoo, 10);
  const first = await posted.post(10);
  await warmUp.stop();
  const facts = await factsOf(odoo, first.at(-1)!.reference);
  const done: LaneRound[] = [];
  const rounds = options.rounds ?? (options.quick ? 1 : 5);
  for (let round = 1; round <= rounds; round += 1)
    for (const { batch, documents } of sizes) {
      const wanted = options.quick ? batch * 2 : documents;
      const lanes = [
        { lane: `ours, ${batch} a call`, work: () => postOurs(platform, odoo, posted, { batch, wanted }) },
        { lane: `bare script, ${batch} a call`, work: () => postBarely(odoo, facts, { batch, wanted }) },
      ];
      for (const { lane, work } of inTurn(lanes, round)) {
        progress(`round ${round} of ${rounds}: ${lane}`);
        done.push(await orBroken(lane, round, async () => ({ lane, round, value: await work(), objections: [] })));
      }
    }
  return resultOf(done, rounds);
}

interface Load {
  /** Documents in one call. */
  readonly batch: number;
  readonly wanted: number;
}

/** Documents a second between the end of the first batch and that of the last: without whatever precedes the first. */
function rate({ batch, wanted }: Load, first: number, last: number): number {
  return (wanted - batch) / ((last - first) / 1000);
}

async function postOurs(platform: OwnPlatform, odoo: OdooAddress, posted: Posted, load: Load): Promise<number> {
  const running = await adapter(platform, odoo, load.batch);
  try {
    const seen = await posted.post(load.wanted);
    return rate(load, seen[0]!.at, seen.at(-1)!.at);
  } finally {
    await running.stop();
  }
}

async function postBarely(odoo: OdooAddress, facts: TransferFacts, load: Load): Promise<number> {
  const names = Array.from({ length: load.wanted }, () => `bench_${newEventId(new Date())}`);
  const done = await postBare(odoo, facts, { names, batch: load.batch });
  return rate(load, done[0]!, done.at(-1)!);
}

function adapter(
  { parts, databases, brokers, registryUrl }: OwnPlatform,
  odoo: OdooAddress,
  batch: number,
): Promise<Server> {
  const settings = {
    POSTING_BATCH_SIZE: String(batch),
    // Both are there to be gentle to Odoo; here it is to show what it can take.
    ...{ ODOO_CALLS_PER_SECOND: '1000', POSTING_LINGER_MS: '2000' },
  };
  return parts.service('odoo-adapter', databases['odoo-adapter'] ?? '', { brokers, registryUrl, odoo }, settings);
}

interface SeenPosting {
  readonly reference: string;
  /** When it was read, by `performance.now()`. */
  readonly at: number;
}

/** Produces movements and reads what the adapter says of them, as an outsider. */
class Posted {
  #ordinal = 0n;
  readonly #seen = new Map<string, SeenPosting>();

  readonly #codec: AvroCodec;
  readonly #producer: kafkajs.Producer;
  readonly #consumer: kafkajs.Consumer;

  private constructor(codec: AvroCodec, producer: kafkajs.Producer, consumer: kafkajs.Consumer) {
    this.#codec = codec;
    this.#producer = producer;
    this.#consumer = consumer;
  }

  static async open({ brokers, registryUrl }: OwnPlatform): Promise<Posted> {
    const codec = await AvroCodec.open({ registryUrl, register: false, log: quiet });
    const kafka = new kafkajs.Kafka({
      brokers: brokers.split(','),
      clientId: 'bench',
      logLevel: kafkajs.logLevel.ERROR,
    });
    const [producer, consumer] = [
      kafka.producer({ allowAutoTopicCreation: false }),
      kafka.consumer({ groupId: 'bench', allowAutoTopicCreation: false, maxWaitTimeInMs: 50 }),
    ];
    await Promise.all([producer.connect(), consumer.connect()]);
    const posted = new Posted(codec, producer, consumer);
    await consumer.subscribe({ topic: Topic.ErpPosting, fromBeginning: true });
    await consumer.run({ eachMessage: async ({ message }) => posted.#note(message.value) });
    return posted;
  }

  /** Has so many movements of one piece posted, each once; answers them in the order in which they were read. */
  async post(count: number): Promise<SeenPosting[]> {
    const events = Array.from({ length: count }, () => this.#movement());
    const messages = events.map(({ id, key, value }) => ({ key, value, headers: { ce_id: id } }));
    await this.#producer.send({ topic: Topic.InventoryStock, messages, acks: -1 });
    const until = Date.now() + patienceMs;
    while (!events.every(({ id }) => this.#seen.has(id))) {
      if (Date.now() > until) throw new Error(`not all of ${count} movements were posted in ${patienceMs / 1000} s`);
      await sleep(20);
    }
    return events.map(({ id }) => this.#seen.get(id)!).sort((one, other) => one.at - other.at);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#producer.disconnect(), this.#consumer.disconnect()]);
  }

  #movement(): { id: string; key: string; value: Buffer } {
    this.#ordinal += 1n;
    const id = newEventId(new Date());
    const [ward] = wards;
    const key = `${ward}/${product}`;
    const event = businessEvent(Topic.InventoryStock, key, StockMoved, {
      ...{ eventId: id, correlationId: id, causationId: null, source: 'bench' },
      ...{ occurredAt: new Date(), recordedAt: new Date(), movementType: 'CONSUMPTION', productCode: product },
      ...{ fromLocation: ward, toLocation: 'Consumption', lotNumber: null, serialNumber: null, expiryDate: null },
      ...{ transferReference: null, documentReference: null },
      ...{ quantity: new Decimal(1), unit: 'Units', reverses: null, ledgerPosition: this.#ordinal },
      ...{ actor: 'bench', interface: 'bench', reason: null },
    });
    return { id, key, value: this.#codec.encode(event) };
  }

  async #note(value: Buffer | null): Promise<void> {
    const at = performance.now();
    const read = await this.#codec.decode(Topic.ErpPosting, value);
    if (!read.ok) return;
    const { sourceEventId, reference } = read.data as unknown as PostingSucceeded;
    this.#seen.set(sourceEventId, { reference, at });
  }
}

function resultOf(done: readonly LaneRound[], rounds: number): Measured {
  const tables = sizes.map(({ batch }) =>
    comparison(
      done.filter(({ lane }) => lane.endsWith(`, ${batch} a call`)),
      { title: `Documents a second, ${batch} in a call`, ours: `ours, ${batch} a call`, digits: 1 },
    ),
  );
  return {
    tables: [...tables, gain(done)],
    notes: [
      `A movement of one piece becomes a transfer of its own, created, validated and read back; ${rounds} rounds, ours and the script in turn, on one Odoo with two workers.`,
      'From the end of the first batch to that of the last: ours by when an outsider reads PostingSucceeded, the script by its own clock. Both make five calls a batch: look up, load, validate, read transfers, read lines.',
      'Ours by its default settings except for the size of the batch, its linger (2 s, so that batches are full) and the limit of calls a second (1,000 in place of 50).',
      'Targets: 0.95 of the bare script; batches 8 times one by one.',
    ],
    objections: done
      .filter(({ lane }) => lane.startsWith('ours'))
      .flatMap(({ lane, objections, round }) => objections.map((text) => `${lane}, round ${round}: ${text}`)),
    figures: { rounds: done },
  };
}

/** What batches bring: each size beside one by one. */
function gain(done: readonly LaneRound[]): Table {
  const median = (batch: number): number =>
    spreadOf(done.filter(({ lane }) => lane === `ours, ${batch} a call`).map(({ value }) => value)).median;
  return {
    title: 'Ours beside ours one by one',
    columns: ['in a call', 'documents a second', 'times one by one'],
    rows: sizes.map(({ batch }) => [String(batch), median(batch).toFixed(1), (median(batch) / median(1)).toFixed(1)]),
  };
}
