import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Paused } from '@wardline/event-handling';
import { eventually, silentLog, testKafka } from '@wardline/testing';
import { partitionOf } from '../src/murmur2.js';
import { KafkaFixture, numbers, records, type KafkaDriver } from './kafka-fixture.js';
import { RecordingProcessor } from './recording-processor.js';

/** What every driver that consumes has to do (promises 2 and 3 as far as Kafka keeps them), on a real broker. */
export function consumingSuite(driver: KafkaDriver): void {
  let kafka: KafkaFixture;
  beforeAll(async () => {
    kafka = await KafkaFixture.connect((await testKafka()).url, silentLog, driver);
  });
  afterEach(() => kafka.closeConsumers());
  afterAll(() => kafka.close());

  describe(`consuming business events with ${driver.name}`, () => {
    it('gives every record of a key once and in order, with its headers, from the beginning of the topic', async () => {
      const name = await kafka.topic(3);
      await kafka.sink.publish(records(name, numbers(300), (value) => `key-${Number(value) % 7}`));
      const processor = new RecordingProcessor();
      kafka.consume([name], processor);
      await eventually(() => expect(processor.settled).toHaveLength(300));
      for (let key = 0; key < 7; key++) {
        const ofKey = processor.settled.filter((record) => record.key!.toString() === `key-${key}`);
        expect(ofKey.map((record) => Number(record.value))).toEqual(
          numbers(300)
            .map(Number)
            .filter((n) => n % 7 === key),
        );
        expect(new Set(ofKey.map((record) => record.partition))).toEqual(new Set([partitionOf(`key-${key}`, 3)]));
      }
      expect(processor.settled[0]!.headers.ce_id).toBe(processor.settled[0]!.value!.toString());
    });

    it('splits what is fetched into batches of the set size', async () => {
      const name = await kafka.topic();
      await kafka.sink.publish(records(name, numbers(100)));
      const processor = new RecordingProcessor();
      kafka.consume([name], processor, { limits: { maxBatch: 30, maxWaiting: 50 } });
      await eventually(() => expect(processor.values(name)).toEqual(numbers(100)));
      expect(Math.max(...processor.given.map((run) => run.length))).toBe(30);
    });

    it('never advances the offset for a batch that was not settled, and gives the same records again', async () => {
      const name = await kafka.topic();
      const groupId = randomUUID();
      await kafka.sink.publish(records(name, numbers(5)));
      const processor = new RecordingProcessor();
      let failing = true;
      processor.before = () => {
        if (failing) throw new Error('handler bug');
      };
      const transport = kafka.consume([name], processor, { groupId });
      await eventually(() => expect(processor.given.length).toBeGreaterThan(2));
      expect(await kafka.committed(groupId, name)).toEqual(['-1']);
      expect(transport.health()).toEqual({ live: true, ready: true });
      expect(new Set(processor.given.map((run) => run[0]!.offset))).toEqual(new Set([0n]));
      failing = false;
      await eventually(() => expect(processor.values(name)).toEqual(numbers(5)));
      await eventually(async () => expect(await kafka.committed(groupId, name)).toEqual(['5']));
    });

    it('lets the other partitions flow while one cannot be settled', async () => {
      const name = await kafka.topic(2);
      const stuck = 'a';
      const free = ['b', 'c', 'd', 'e'].find((key) => partitionOf(key, 2) !== partitionOf(stuck, 2))!;
      await kafka.sink.publish([...records(name, ['bad'], () => stuck), ...records(name, numbers(50), () => free)]);
      const processor = new RecordingProcessor();
      processor.before = (run) => {
        if (run[0]!.key!.toString() === stuck) throw new Error('handler bug');
      };
      kafka.consume([name], processor);
      await eventually(() => expect(processor.values(name)).toEqual(numbers(50)));
      await kafka.sink.publish(records(name, numbers(10, 50), () => free));
      await eventually(() => expect(processor.values(name)).toEqual(numbers(60)));
    });

    it('leaves a topic without a handler where it is', async () => {
      const [handled, unhandled] = [await kafka.topic(), await kafka.topic()];
      const groupId = randomUUID();
      await kafka.sink.publish([...records(unhandled, numbers(3)), ...records(handled, numbers(3))]);
      const processor = new RecordingProcessor();
      kafka.consume([handled, unhandled], processor, { groupId, topicsWithoutHandler: new Set([unhandled]) });
      await eventually(async () => expect(await kafka.committed(groupId, handled)).toEqual(['3']));
      // What is fetched after this was sent would have brought the other topic too.
      await kafka.sink.publish(records(handled, numbers(3, 3)));
      await eventually(async () => expect(await kafka.committed(groupId, handled)).toEqual(['6']));
      expect(processor.values(unhandled)).toEqual([]);
      expect(await kafka.committed(groupId, unhandled)).toEqual(['-1']);
    });

    it('keeps the order and loses nothing over a pause', async () => {
      const name = await kafka.topic();
      await kafka.sink.publish(records(name, numbers(50)));
      const processor = new RecordingProcessor();
      let pauses = 3;
      processor.before = () => {
        if (pauses-- > 0) throw new Paused('Odoo is away', 200);
      };
      kafka.consume([name], processor, { limits: { maxBatch: 10 } });
      await kafka.sink.publish(records(name, numbers(50, 50)));
      await eventually(() => expect(processor.values(name)).toEqual(numbers(100)));
      expect(processor.given.slice(0, 4).map((run) => run[0]!.offset)).toEqual([0n, 0n, 0n, 0n]);
    });

    it.each([
      { position: 3n, broker: '8', expected: numbers(10).slice(3) },
      { position: 8n, broker: '3', expected: numbers(10).slice(8) },
      { position: null, broker: '4', expected: numbers(10) },
    ])('goes on at $position of the database when the broker says $broker', async ({ position, broker, expected }) => {
      const name = await kafka.topic();
      const groupId = randomUUID();
      await kafka.sink.publish(records(name, numbers(10)));
      await kafka.admin.setOffsets({ groupId, topic: name, partitions: [{ partition: 0, offset: broker }] });
      const processor = new RecordingProcessor(new Map([[`${name}/0`, { generation: 4, next: position }]]));
      kafka.consume([name], processor, { groupId });
      await eventually(() => expect(processor.values(name)).toEqual(expected));
    });

    it('begins at what the topic still has when its retention has taken the beginning', async () => {
      const name = await kafka.topic();
      await kafka.sink.publish(records(name, numbers(10)));
      await kafka.admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset: '6' }] });
      const processor = new RecordingProcessor();
      kafka.consume([name], processor);
      await eventually(() => expect(processor.values(name)).toEqual(numbers(10).slice(6)));
    });

    it('takes a partition back after it was fenced, at the position of the database', async () => {
      const name = await kafka.topic();
      await kafka.sink.publish(records(name, numbers(10)));
      const processor = new RecordingProcessor();
      processor.before = () => {
        processor.before = () => undefined;
        processor.positions.set(`${name}/0`, { generation: 9, next: 4n });
      };
      kafka.consume([name], processor, { limits: { reclaimAfterMs: 50 } });
      await eventually(() => expect(processor.values(name)).toEqual(numbers(6, 4)));
    });

    it('loses and doubles nothing when members come and go', async () => {
      const name = await kafka.topic(6);
      const groupId = randomUUID();
      const shared = new Map<string, { generation: number; next: bigint | null }>();
      const [first, second] = [new RecordingProcessor(shared), new RecordingProcessor(shared)];
      kafka.consume([name], first, { groupId });
      let published = 0;
      const publish = async (): Promise<void> => {
        const batch = numbers(50, published);
        published += batch.length;
        await kafka.sink.publish(records(name, batch, (value) => `key-${Number(value) % 23}`));
      };
      const publishUntil = (assertion: () => void): Promise<void> =>
        eventually(
          async () => {
            await publish();
            assertion();
          },
          { timeoutMs: 30_000, everyMs: 50 },
        );
      await publishUntil(() => expect(first.settled.length).toBeGreaterThan(100));
      const joining = kafka.consume([name], second, { groupId });
      await publishUntil(() => expect(second.settled.length).toBeGreaterThan(50));
      await joining.close();
      await publish();
      const all = (): number[] =>
        [...first.settled, ...second.settled].map((record) => Number(record.value)).sort((a, b) => a - b);
      await eventually(() => expect(all()).toEqual(numbers(published).map(Number)), { timeoutMs: 30_000 });
    });

    it('tells how far behind it is, in messages and in seconds', async () => {
      const name = await kafka.topic();
      const clock = { now: () => new Date(Date.now() + 60_000) };
      const processor = new RecordingProcessor();
      let held = true;
      processor.before = () => {
        if (held) throw new Paused('held', 100);
      };
      await kafka.sink.publish(records(name, numbers(7)));
      const transport = kafka.consume([name], processor, { clock });
      await eventually(async () =>
        expect(await transport.lag()).toMatchObject([{ topic: name, partition: 0, messages: 7 }]),
      );
      await eventually(async () => expect((await transport.lag())[0]!.seconds).toBeGreaterThan(59));
      held = false;
      await eventually(async () =>
        expect(await transport.lag()).toEqual([{ topic: name, partition: 0, messages: 0, seconds: 0 }]),
      );
    });

    it('is not ready while a topic is missing, says so, and works once it is there', async () => {
      const name = `test.${randomUUID()}`;
      const processor = new RecordingProcessor();
      const transport = kafka.consume([name], processor);
      await eventually(() => expect(transport.health()).toMatchObject({ live: true, ready: false }));
      await eventually(() => expect(transport.health().reason).toContain('topic'));
      await kafka.topic(1, name);
      await kafka.sink.publish(records(name, numbers(3)));
      await eventually(() => expect(processor.values(name)).toEqual(numbers(3)));
      expect(transport.health()).toEqual({ live: true, ready: true });
    });
  });
}
