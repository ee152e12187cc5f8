import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@wardline/event-handling';
import { AvroCodec } from '@wardline/kafka';
import { openDatabase, Outbox, type Database } from '@wardline/outbox';
import { consume } from './consuming.ts';
import { Failpoints } from './failpoints.ts';
import type { Order, Part, Report, Step } from './orders.ts';
import { relay } from './relaying.ts';
import { write } from './writing.ts';

/** What the roles of a player share. */
export interface Surroundings {
  readonly part: Part;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly codec: AvroCodec;
  readonly clock: { now(): Date };
  readonly log: Log;
  readonly failpoints: Failpoints;
}

/** A role that runs: how to end it in an orderly way. */
export type Ending = () => Promise<void>;

/** Plays a part with the real libraries until SIGTERM, or until the stage that gave it is gone. */
export async function play(part: Part): Promise<void> {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const failpoints = new Failpoints((step: Step) => tell({ is: 'reached', step }));
  const surroundings = await open(part, failpoints);
  const endings: Ending[] = [];
  if (part.roles.includes('consume')) endings.push(await consume(surroundings));
  if (part.roles.includes('relay')) endings.push(relay(surroundings));
  process.on('message', (order: Order) => obey(order, surroundings));
  process.once('SIGTERM', () => void end(endings, surroundings.database));
  await tell({ is: 'ready' });
}

async function open(part: Part, failpoints: Failpoints): Promise<Surroundings> {
  const clock = { now: () => new Date(Date.now() + part.clockOffMs) };
  const database = await patiently(() =>
    openDatabase({ url: part.databaseUrl, migrations: [], applicationName: part.name, poolSize: 10, answerWithinMs }),
  );
  const codec = await AvroCodec.open({ registryUrl: part.registryUrl, register: false, log, startWithinMs: 120_000 });
  return { part, database, outbox: new Outbox(codec, clock, 'chaos'), codec, clock, log, failpoints };
}

/** Short, so that a trial need not wait long until a dead connection is given up. */
const answerWithinMs = 3_000;

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      log.warn(`not yet: ${(error as Error).message}`);
      await sleep(200);
    }
  }
}

function obey(order: Order, { database, outbox, failpoints }: Surroundings): void {
  if (order.do === 'arm') failpoints.arm(order.step, order.nth, order.deed);
  if (order.do === 'disarm') failpoints.disarm();
  if (order.do === 'block') block(order.ms);
  if (order.do !== 'write') return;
  const { round, seed, load } = order;
  let transactions = 0;
  const committed = (): void => void tell({ is: 'committed', round, transactions: (transactions += 1) });
  void write(database, outbox, { round, seed, load, committed });
}

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

async function end(endings: readonly Ending[], database: Database): Promise<void> {
  for (const ending of endings) await ending();
  await database.close();
  process.exit(0);
}

/** Resolves when the stage has it, so that a death right after it does not swallow it. */
function tell(report: Report): Promise<void> {
  return new Promise((resolve) => process.send!(report, () => resolve()));
}

const log: Log = {
  debug: () => undefined,
  info: (message, fields) => line('info', message, fields),
  warn: (message, fields) => line('warn', message, fields),
  error: (message, fields) => line('error', message, fields),
};

function line(level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  process.stdout.write(`${new Date().toISOString()} ${level} ${message} ${JSON.stringify(fields)}\n`);
}
