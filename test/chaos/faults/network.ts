import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import type { TcpLink, Weather } from '../stage/tcp-link.ts';

const produceRequest = 0;

/** Whether data is the beginning of a Kafka produce request: four bytes of length, two of the kind of request. */
function isProduce(data: Buffer): boolean {
  return data.length > 60 && data.readInt16BE(4) === produceRequest && data.readInt32BE(0) > 50;
}

function anyLink({ stage, random }: Scene): TcpLink {
  return random.one([stage.origin.link, stage.target.link, stage.kafkaLink]);
}

function weather(
  name: string,
  injection: string,
  of: (scene: Scene) => Weather,
  everywhere: boolean,
): DeliveryFaultRow {
  return {
    on: 'delivery',
    name,
    injection,
    invariant: '',
    trials: { standard: 20, full: 30 },
    mixes: true,
    strike: async (scene) => {
      await scene.round.reaches(0.2);
      const links = everywhere ? scene.stage.links : [anyLink(scene)];
      for (const link of links) link.turn(of(scene));
      await scene.round.reaches(0.7);
      await sleep(scene.random.between(200, 1_500));
      for (const link of links) link.heal();
    },
  };
}

/** Faults of the broker and of the ways between the processes. */
export const networkFaults: readonly DeliveryFaultRow[] = [
  {
    on: 'delivery',
    name: 'broker killed',
    injection: 'SIGKILL of Kafka, started again on its data',
    invariant: '',
    trials: { standard: 20, full: 100 },
    mixes: true,
    strike: async ({ stage, round, random }) => {
      await round.reaches(0.2 + random.next() / 3);
      await stage.kafka.kill();
      await stage.kafka.restart();
    },
  },
  {
    on: 'delivery',
    name: 'broker paused',
    injection: 'SIGSTOP of Kafka for 5 s: longer than a request may take (3 s) and than a session (2 s)',
    invariant: '',
    trials: { standard: 20, full: 50 },
    mixes: true,
    strike: async ({ stage, round, random }) => {
      await round.reaches(0.2 + random.next() / 3);
      process.kill(stage.kafka.pid, 'SIGSTOP');
      await sleep(5_000);
      process.kill(stage.kafka.pid, 'SIGCONT');
    },
  },
  {
    on: 'delivery',
    name: 'answers cut after the append',
    injection: 'the answers to one to five produce requests are swallowed, each with its connection',
    invariant: 'the batch whose answer was lost is sent again, and nothing else (ADR 14)',
    trials: { standard: 30, full: 200 },
    // Five answers at most, each to a batch of 100.
    repeatsAtMost: 500,
    mixes: true,
    strike: async ({ stage, round, random }) => {
      await round.reaches(0.1);
      stage.kafkaLink.cutAnswersTo(isProduce, random.between(1, 5));
      await round.reaches(1);
    },
  },
  weather(
    'latency on every link',
    '20 to 100 ms each way on every link',
    ({ random }) => ({ latencyMs: random.between(20, 100) }),
    true,
  ),
  weather(
    'resets on every link',
    'every 20th piece of data resets its connection',
    () => ({ resetChance: 0.05 }),
    true,
  ),
  weather('slow link', '20 kB a second on one link', () => ({ bytesPerSecond: 20_000 }), false),
  {
    on: 'delivery',
    name: 'link refused',
    injection: 'one link accepts nobody and resets what is open, for 1 to 4 s',
    invariant: '',
    trials: { standard: 20, full: 30 },
    mixes: true,
    strike: async (scene) => {
      await scene.round.reaches(0.2);
      const link = anyLink(scene);
      link.turn({ refused: true });
      // By the clock: behind a refused link to the origin nobody writes, and nothing could be waited for.
      await sleep(scene.random.between(1_000, 4_000));
      link.heal();
    },
  },
  {
    on: 'delivery',
    name: 'connections half open',
    injection: 'everything sent by the present connections of one link goes nowhere, without a word; new ones work',
    invariant: '',
    trials: { standard: 20, full: 30 },
    mixes: false,
    strike: async (scene) => {
      await scene.round.reaches(0.3);
      anyLink(scene).strand();
    },
  },
  {
    on: 'delivery',
    name: 'registry away',
    injection: 'the registry refuses while a relay and a consumer are killed and started; the others go on',
    invariant: '',
    trials: { standard: 20, full: 50 },
    mixes: true,
    strike: async ({ stage, round, random }) => {
      await round.reaches(0.2);
      stage.registryLink.turn({ refused: true });
      const player = stage.player(random.one(['relay-1', 'consumer-1']));
      await player.kill();
      const starting = player.start();
      const back = sleep(1_500).then(() => stage.registryLink.heal());
      await Promise.all([starting, back]);
    },
  },
];
