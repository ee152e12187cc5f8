import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, silentLog, testKafka } from '@wardline/testing';
import { KafkaSink } from './kafka-sink.js';
import { KafkaTransport } from './kafka-transport.js';
import { consumingSuite } from '../test/consuming.suite.js';
import { KafkaFixture, numbers, records, type KafkaDriver } from '../test/kafka-fixture.js';
import { publishingSuite } from '../test/publishing.suite.js';
import { RecordingProcessor } from '../test/recording-processor.js';

const kafkajsDriver: KafkaDriver<KafkaTransport> = {
  name: 'kafkajs',
  sink: (options) => new KafkaSink(options),
  transport: (options) => new KafkaTransport(options),
};

publishingSuite(kafkajsDriver);
consumingSuite(kafkajsDriver);

describe('a kafkajs consumer that stops', () => {
  let kafka: KafkaFixture<KafkaTransport>;
  beforeAll(async () => {
    kafka = await KafkaFixture.connect((await testKafka()).url, silentLog, kafkajsDriver);
  });
  afterEach(() => kafka.closeConsumers());
  afterAll(() => kafka.close());

  it('is started over by itself when it shows no sign of life', async () => {
    const name = await kafka.topic();
    const processor = new RecordingProcessor();
    const transport = kafka.consume([name], processor, { watchdogMs: 1_000 });
    await eventually(() => expect(transport.health().ready).toBe(true));
    await transport.unwrap().stop();
    await kafka.sink.publish(records(name, numbers(3)));
    await eventually(() => expect(processor.values(name)).toEqual(numbers(3)));
    expect(transport.health()).toEqual({ live: true, ready: true });
  });
});
