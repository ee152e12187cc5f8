import { StockMoved } from '@wardline/event-contracts';
import type { Message } from 'kafkajs';
import { arrivalOf, objectionsTo } from '../arrival.ts';
import { usualPartitions, type BareKafka } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, orBroken, type LaneRound } from '../comparison.ts';
import { bareConsumer, consumers, type ConsumerSpec } from '../contenders/consumers.ts';
import { eventId, keyOf } from '../contenders/contender.ts';
import type { Hosted } from '../contenders/hosted.ts';
import { benchCodec, movementOf } from '../contenders/movements.ts';
import { oneOf } from '../options.ts';
import { filled, hostAll, inTurn, onNewSite, onNewTopic, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { addToInbox, soldOf } from '../site.store.ts';

const patienceMs = 300_000;
const batchHandler = consumers[0]!.name;

/** Kafka to Kafka through Postgres. */
export const consume: Scenario = {
  name: 'consume',
  question:
    'How many messages a second are consumed, handled and answered: one row changed and one event out for each?',
  measure,
};

interface Shape {
  readonly messages: number;
  readonly keys: number;
  readonly partitions: number;
  /** Rows that the inbox holds before. */
  readonly inbox: number;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const hosts = await hostAll([...consumers, bareConsumer], options, surroundings);
  const shape: Shape = {
    messages: oneOf(options.backlog, options.quick ? 5_000 : 200_000),
    keys: oneOf(options.keys, 1_000),
    partitions: oneOf(options.partitions, usualPartitions),
    inbox: oneOf(options.inbox, 0),
  };
  const rounds = options.rounds ?? (options.quick ? 2 : 5);
  const done: LaneRound[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, hosted] of inTurn([...hosts.entries()], round)) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${hosted.spec.name}`);
      const messages = round === 0 ? Math.ceil(shape.messages / 5) : shape.messages;
      const name = `consume${index}_round${round}`;
      const result = await orBroken(hosted.spec.name, round, () =>
        consumeOnce(arena, hosted, { ...shape, messages }, name, round),
      );
      if (round > 0) done.push(result);
    }
  return resultOf(done, shape, rounds, hosts);
}

async function consumeOnce(
  arena: Arena,
  hosted: Hosted,
  shape: Shape,
  name: string,
  round: number,
): Promise<LaneRound> {
  const spec = hosted.spec as ConsumerSpec;
  const messages = Math.min(shape.messages, spec.mostEvents);
  const input = `bench.in-${name}`;
  return onNewTopic(arena, input, shape.partitions, (inputs) =>
    onNewSite(arena, name, shape, async (site, kafka) => {
      await produceInput(inputs, input, spec.input, { ...shape, messages });
      await hosted.prepare(site);
      if (shape.inbox > 0 && isOurs(spec)) await addToInbox(site.databaseUrl, shape.inbox);
      await hosted.start({ ...site, input });
      const complete = await filled(kafka, site.topic, messages, patienceMs);
      const { peak } = await hosted.memory();
      await hosted.stop();
      const arrival = await arrivalOf(kafka, site.topic, messages);
      const changed = await soldOf(site.databaseUrl);
      const objections = [
        ...(complete ? [] : [`not done after ${patienceMs / 1000} s`]),
        ...objectionsTo(arrival),
        ...(changed === messages ? [] : [`${changed} changes of ${messages} messages`]),
      ];
      const value = (messages - arrival.missing) / arrival.seconds;
      return { lane: spec.name, round, value, objections, repeats: arrival.repeats, peak };
    }),
  );
}

async function produceInput(kafka: BareKafka, topic: string, form: 'avro' | 'json', shape: Shape): Promise<void> {
  const codec = await benchCodec();
  const now = new Date();
  const message = (ordinal: number): Message => {
    const id = eventId(ordinal);
    const key = keyOf({ ordinal, keys: shape.keys });
    const event = movementOf({ ordinal, keys: shape.keys }, topic);
    const data = { ...event.data, recordedAt: now, source: 'bench', correlationId: id, causationId: null };
    const json = (): Buffer => Buffer.from(JSON.stringify({ ordinal, key, data: 'x'.repeat(120) }));
    const value = form === 'avro' ? codec.encode({ ...event, type: StockMoved, data }) : json();
    return { key, value, headers: { ce_id: id } };
  };
  for (let from = 0; from < shape.messages; from += 2_000) {
    const count = Math.min(2_000, shape.messages - from);
    await kafka.produce(
      topic,
      Array.from({ length: count }, (_, index) => message(from + index)),
    );
  }
}

function isOurs({ name }: Pick<ConsumerSpec, 'name'>): boolean {
  return name.startsWith('Wardline');
}

function resultOf(done: readonly LaneRound[], shape: Shape, rounds: number, hosts: readonly Hosted[]): Measured {
  const ours = consumers.filter(isOurs).map(({ name }) => name);
  const settings = hosts.map(({ spec }) => {
    const cut = spec.mostEvents < shape.messages ? `; ${spec.mostEvents} messages` : '';
    return `${spec.name}: ${spec.settings}${cut}.`;
  });
  return {
    tables: [comparison(done, { title: 'Messages a second', ours: batchHandler, digits: 0 })],
    notes: [
      `${shape.messages} messages of ${shape.keys} keys in ${shape.partitions} partitions, ${shape.inbox} rows in the inbox before; ${rounds} rounds after one of warm-up, each lane with a new database and new topics, in another order each round.`,
      'From the first event of the output appended to the last, by the broker. Targets: 15,000 a second with a batch handler, 5,000 one by one. The ratio is that of the batch handler.',
      'A round counts only if each message has its event in the output, each key is in order, and the rows were changed exactly as often as there are messages.',
      ...settings,
    ],
    objections: done
      .filter(({ lane }) => ours.includes(lane))
      .flatMap(({ lane, objections, round }) => objections.map((text) => `${lane}, round ${round}: ${text}`)),
    figures: { shape, rounds: done },
  };
}
