import { ConsumptionAccepted, StockMoved, Topic } from '@wardline/event-contracts';
import {
  businessEvent,
  deriveEventId,
  Handles,
  Reject,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type InboundRecord,
  type Transaction,
} from '@wardline/event-handling';
import { jsonCodec, noMetrics, silentLog, testDatabase, type TestDatabase } from '@wardline/testing';
import { acceptedConsumption, movedStock } from './complete-records.js';
import { HandlerRegistry } from '../src/consuming/handler-registry.js';
import { OperationRunner } from '../src/intervention/operation-runner.js';
import { TakeInterventionRequest } from '../src/intervention/take-intervention-request.js';
import { Interventions } from '../src/intervention/interventions.js';
import { Outbox } from '../src/outbox.js';
import { ParkedDrain } from '../src/parking/parked-drain.js';
import { Parking } from '../src/parking/parking.js';
import { Replay } from '../src/replay/replay.js';
import { MessagePipeline, type PipelineOptions } from '../src/consuming/pipeline.js';

/** Books one row for each message and tells of it, unless the test says that it fails. */
@Handles(ConsumptionAccepted)
export class Book implements Handler<ConsumptionAccepted> {
  /** What to throw for a message with this reason. */
  readonly failures = new Map<string, () => Error>();

  async handle({ data, key }: Envelope<ConsumptionAccepted>, tx: Transaction): Promise<BusinessEvent[]> {
    await tx.query('INSERT INTO booked (reason) VALUES ($1)', [data.reason]);
    const failure = this.failures.get(data.reason ?? '');
    if (failure !== undefined) throw failure();
    if (data.reason === 'unwritable') tx.write('INSERT INTO booked (reason) VALUES (NULL)');
    if (data.reason === 'unpublishable') return [{ ...told(key!, 'x'), data: { poison: true } }];
    return [told(key!, data.reason!)];
  }

  onWaiting({ data, key }: Envelope<ConsumptionAccepted>, ahead: { code: string }): BusinessEvent[] {
    return [told(key!, `${data.reason} waits behind ${ahead.code}`)];
  }

  onAbandoned(
    { data, key }: Envelope<ConsumptionAccepted>,
    _: Transaction,
    decision: Abandonment,
  ): Promise<BusinessEvent[]> {
    return Promise.resolve([told(key!, `${data.reason} abandoned by ${decision.by}: ${decision.reason}`)]);
  }
}

/** An event that says `reason`. */
export function told(key: string, reason: string): BusinessEvent {
  return businessEvent(Topic.InventoryStock, key, StockMoved, movedStock(reason));
}

/** The reject of a message that waits for product A. */
export function missing(): Reject {
  const publish = [told('ICU/A', 'held')];
  return new Reject('UNKNOWN_PRODUCT', 'no such product', { class: 'DATA', awaits: ['product:A'], publish });
}

/** A service with the one handler {@link Book} on a database of its own, and a clock that the test moves. */
export class BookingService {
  readonly book = new Book();
  readonly pipeline: MessagePipeline;
  readonly drain: ParkedDrain;
  readonly interventions: Interventions;
  readonly runner: OperationRunner;
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly replay: Replay;
  /** Whether edits need a second person here. */
  approvalNeeded = false;
  now = new Date('2026-11-21T08:00:00Z');
  #offset = 0n;
  readonly #options: PipelineOptions;

  private constructor(readonly database: TestDatabase) {
    const clock = { now: () => this.now };
    const outbox = new Outbox(jsonCodec, clock, 'test');
    this.outbox = outbox;
    const parts = { database, outbox, codec: jsonCodec, clock, log: silentLog, metrics: noMetrics };
    this.#options = { ...parts, consumer: 'test', registry: new HandlerRegistry([this.book]) };
    this.pipeline = new MessagePipeline(this.#options);
    this.drain = this.anotherDrain();
    this.interventions = new Interventions(this.#options, () => undefined, {
      needsApproval: () => this.approvalNeeded,
    });
    this.#options.registry.add(new TakeInterventionRequest('test', this.interventions));
    this.replay = new Replay(this.#options, 400);
    this.runner = this.anotherRunner();
    this.parking = new Parking('test', outbox, clock);
  }

  static async start(): Promise<BookingService> {
    const database = await testDatabase();
    await database.query('CREATE TABLE booked (id bigint GENERATED ALWAYS AS IDENTITY, reason text NOT NULL)');
    return new BookingService(database);
  }

  /** The drain of another instance of the service. */
  anotherDrain(): ParkedDrain {
    return new ParkedDrain(this.#options);
  }

  /** The operation runner of another instance of the service. */
  anotherRunner(): OperationRunner {
    return new OperationRunner(this.#options, { loopLimit: 3, onSettled: () => undefined });
  }

  /** The pipeline of an earlier version, which did not have the handler yet. */
  earlierPipeline(): MessagePipeline {
    return new MessagePipeline({ ...this.#options, registry: new HandlerRegistry([]) });
  }

  /** A message at the next offset. */
  record(key: string | null, reason: string, overrides: Partial<InboundRecord> = {}): InboundRecord {
    const eventId = deriveEventId(`${key}/${reason}`, 'test', new Date(0));
    const topic = Topic.InventoryConsumption;
    const data = { ...acceptedConsumption(eventId, reason) };
    const value = jsonCodec.encode({ topic, key: key ?? '-', type: ConsumptionAccepted, data });
    const place = { topic, partition: 0, offset: this.nextOffset() };
    return {
      ...place,
      key: key === null ? null : Buffer.from(key),
      value,
      headers: {},
      timestamp: this.now,
      ...overrides,
    };
  }

  nextOffset(): bigint {
    return this.#offset++;
  }

  async deliver(...records: InboundRecord[]): Promise<bigint> {
    return this.pipeline.process(records, await this.pipeline.claim(Topic.InventoryConsumption, 0));
  }

  /** Does everything that is due, and every operation. */
  async drainAll(): Promise<void> {
    while ((await this.drain.drainOne()) || (await this.runner.turn()));
  }

  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  async booked(): Promise<string[]> {
    const rows = await this.database.query<{ reason: string }>('SELECT reason FROM booked ORDER BY id');
    return rows.map((row) => row.reason);
  }

  async published(topic: string): Promise<Record<string, unknown>[]> {
    const sql = 'SELECT payload FROM delivery.outbox WHERE topic = $1 ORDER BY id';
    const rows = await this.database.query<{ payload: Buffer }>(sql, [topic]);
    return rows.map((row) => dataOf(row.payload));
  }

  /** What each parked message says, by its exception id. */
  async reasonsByException(): Promise<Map<string, string>> {
    const sql = 'SELECT exception_id, payload FROM delivery.parked';
    const rows = await this.database.query<{ exception_id: string; payload: Buffer }>(sql);
    return new Map(rows.map((row) => [row.exception_id, reasonOf(row.payload)]));
  }

  /** What the service has told on the topic of stock, in order. */
  async toldReasons(): Promise<unknown[]> {
    return (await this.published(Topic.InventoryStock)).map((event) => event['reason']);
  }
}

function dataOf(payload: Buffer): Record<string, unknown> {
  return (JSON.parse(payload.toString()) as { data: Record<string, unknown> }).data;
}

function reasonOf(payload: Buffer): string {
  return String(dataOf(payload)['reason']);
}
