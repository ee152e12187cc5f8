import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, silentLog, testKafka } from '@wardline/testing';
import { KafkaFixture, numbers, records, type KafkaDriver } from './kafka-fixture.js';
import { RecordingProcessor } from './recording-processor.js';

/** What every driver that publishes has to do (promises 1 and 2 as far as Kafka keeps them), on a real broker. */
export function publishingSuite(driver: KafkaDriver): void {
  let kafka: KafkaFixture;
  beforeAll(async () => {
    kafka = await KafkaFixture.connect((await testKafka()).url, silentLog, driver);
  });
  afterEach(() => kafka.closeConsumers());
  afterAll(() => kafka.close());

  describe(`publishing business events with ${driver.name}`, () => {
    it('delivers 2000 records that are published at the same time, each once', async () => {
      const name = await kafka.topic(6);
      await Promise.all(
        numbers(2000).map((value) => kafka.sink.publish(records(name, [value], () => `key-${Number(value) % 50}`))),
      );
      const processor = new RecordingProcessor();
      kafka.consume([name], processor);
      await eventually(() => expect(processor.settled.length).toBeGreaterThanOrEqual(2000));
      expect(processor.settled.map((record) => Number(record.value)).sort((a, b) => a - b)).toEqual(
        numbers(2000).map(Number),
      );
    });

    it('cuts a large batch into requests that the broker takes', async () => {
      const name = await kafka.topic();
      const large = numbers(40).map((value) => value.padEnd(100_000, 'x'));
      await kafka.sink.publish(records(name, large));
      expect(await kafka.admin.fetchTopicOffsets(name)).toMatchObject([{ high: '40' }]);
    });

    it('loses nothing of what follows a batch of which the broker has kept only a part', async () => {
      const [taken, refusing] = [await kafka.topic(), await kafka.topic(1, undefined, { 'max.message.bytes': '1000' })];
      const partly = [...records(taken, ['first']), ...records(refusing, ['x'.repeat(5_000)])];
      await expect(kafka.sink.publish(partly)).rejects.toThrow('MESSAGE_TOO_LARGE');
      await kafka.sink.publish(records(taken, ['second']));
      const processor = new RecordingProcessor();
      kafka.consume([taken], processor);
      await eventually(() => expect(processor.values(taken)).toContain('second'));
      expect(processor.values(taken)).toEqual(['first', 'second']);
    });

    it('says which topic a record is too large for', async () => {
      const name = await kafka.topic();
      const tooLarge = records(name, ['x'.repeat(3_000_000)]);
      await expect(kafka.sink.publish(tooLarge)).rejects.toThrow(
        new RegExp(`cannot publish to ${name}.*MESSAGE_TOO_LARGE`),
      );
    });
  });
}
