import { setTimeout as sleep } from 'node:timers/promises';
import { seedHospital } from '../../../deploy/local/demo/seed-hospital.ts';
import { getJson, waitUntil } from '../../../deploy/local/demo/service-http.ts';
import { cpuSeconds } from '../cpu-time.ts';
import { startStack, type OwnStack } from '../own-stack.ts';
import type { Measured, Scenario, Surroundings, Table } from '../scenario.ts';
import { percentile } from '../statistics.ts';
import { openOutsider, type Outsider, type Trip } from '../outsider.ts';

const perSecond = 50;
const rounds = 4;
const secondsPerRound = 10;
// The broker's and our own code are compiled by then; before, the compilers take a core of the two.
const warmUpSeconds = 90;
/** Bounds of issue 3, in milliseconds. */
const bounds = { p50: 50, p99: 200 };

/** From a ward's record to the movement of its stock. */
export const latency: Scenario = {
  name: 'latency',
  question: `How long from producing a ConsumptionRecorded until its StockMoved is read, at ${perSecond} a second?`,
  measure,
};

interface Lanes {
  readonly ours: Trip[];
  readonly floor: Trip[];
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const stack = await startStack(surroundings, { seed: (odoo) => seedHospital(odoo, new Date()) });
  const outsider = await openOutsider(stack);
  surroundings.atEnd(() => outsider.close());
  const shelf = `${stack.services['inventory-sync']}/balances?location=SOUTH-MED&product=MASK-FFP2`;
  await waitUntil(
    'the opening balances',
    120_000,
    async () => (await getJson<{ items: unknown[] }>(shelf)).items.length > 0,
  );
  surroundings.progress('warming up');
  for (const send of [outsider.sendToNobody, outsider.sendConsumption]) await atRate(send, warmUpSeconds);
  const before = processorTime(stack);
  const lanes: Lanes = { ours: [], floor: [] };
  for (let round = 1; round <= rounds; round += 1) {
    surroundings.progress(`round ${round} of ${rounds}: Kafka alone`);
    lanes.floor.push(...(await atRate(outsider.sendToNobody, secondsPerRound)));
    surroundings.progress(`round ${round} of ${rounds}: through Wardline`);
    lanes.ours.push(...(await atRate(outsider.sendConsumption, secondsPerRound)));
  }
  await waitUntil('every movement', 60_000, async () => lanes.ours.every(({ moved }) => moved.length > 0)).catch(
    () => undefined,
  );
  return resultOf(lanes, used(before, processorTime(stack), lanes.ours.length), outsider);
}

/** Open loop: each record leaves when it is due, whatever became of those before it. */
async function atRate(send: Outsider['sendConsumption'], seconds: number): Promise<Trip[]> {
  const trips: Trip[] = [];
  const start = performance.now();
  for (let index = 0; index < seconds * perSecond; index += 1) {
    const wait = start + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    trips.push(send());
  }
  await sleep(500);
  return trips;
}

function resultOf({ ours, floor }: Lanes, cpu: Table, outsider: Outsider): Measured {
  const whole = ours.flatMap(({ sentAt, moved }) => moved.slice(0, 1).map((at) => at - sentAt));
  const half = ours.flatMap(({ sentAt, accepted }) => accepted.slice(0, 1).map((at) => at - sentAt));
  const bare = floor.flatMap(({ sentAt, moved }) => moved.slice(0, 1).map((at) => at - sentAt));
  const shares = [0.5, 0.9, 0.99, 1] as const;
  const line = (name: string, values: number[]) => [
    name,
    ...shares.map((share) => percentile(values, share).toFixed(1)),
  ];
  const ratios = shares.map((share) => (percentile(whole, share) / percentile(bare, share)).toFixed(1));
  const rows = [
    line('Kafka alone: produce until read (floor)', bare),
    line('produce until ConsumptionAccepted is read', half),
    line('produce until StockMoved is read', whole),
    ['ratio to the floor', ...ratios],
  ];
  return {
    tables: [{ title: 'Milliseconds', columns: ['', 'p50', 'p90', 'p99', 'max'], rows }, cpu],
    notes: [
      `${whole.length} records, ${perSecond} a second, open loop, in ${rounds} rounds that alternate with the floor; after ${warmUpSeconds} s of warm-up each.`,
      'From just before the produce call until a plain kafkajs consumer in the same process has the message; both lanes with the same producer (acks all) and consumer, keys and size of record.',
      `Bounds: p50 ${bounds.p50} ms, p99 ${bounds.p99} ms. Three messages through Kafka, two transactions with fsync in Postgres.`,
    ],
    objections: objectionsTo(ours, outsider),
    figures: { ours: whole, accepted: half, floor: bare },
  };
}

function objectionsTo(trips: readonly Trip[], outsider: Outsider): string[] {
  const missing = trips.filter(({ moved }) => moved.length === 0).length;
  const doubled = trips.filter(({ moved }) => moved.length > 1).length;
  const outOfOrder = outsider.outOfOrder();
  return [
    ...(missing > 0 ? [`${missing} records have no StockMoved`] : []),
    ...(doubled > 0 ? [`${doubled} records have more than one StockMoved`] : []),
    ...(outOfOrder > 0 ? [`${outOfOrder} movements came out of the order of their key`] : []),
  ];
}

function processorTime({ servers }: OwnStack): Map<string, number> {
  return new Map(servers.map(({ name, pid }) => [name, cpuSeconds(pid)]));
}

function used(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, records: number): Table {
  const rows = [...after].map(([name, seconds]) => {
    const spent = seconds - (before.get(name) ?? 0);
    return [name, spent.toFixed(1), ((spent / records) * 1000).toFixed(2)];
  });
  return { title: 'Processor time of all rounds', columns: ['part', 'seconds', 'ms a record'], rows };
}
