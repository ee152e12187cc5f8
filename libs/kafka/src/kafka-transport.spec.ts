import { describe, expect, it } from 'vitest';
import { silentLog } from '@wardline/testing';
import { KafkaTransport } from './kafka-transport.js';
import { RecordingProcessor } from '../test/recording-processor.js';

function transport(topics: string[]): KafkaTransport {
  const processor = new RecordingProcessor();
  return new KafkaTransport({
    brokers: ['127.0.0.1:9'],
    clientId: 't',
    groupId: 'g',
    topics,
    processor,
    log: silentLog,
  });
}

describe('the Kafka transport', () => {
  it('refuses Nest event handlers, whose errors would be lost', () => {
    const refusing = transport(['inventory.stock']);
    refusing.addHandler('inventory.stock', () => Promise.resolve(), true);
    let refused: Error | undefined;
    refusing.listen((error) => (refused = error));
    expect(refused?.message).toContain('@Handles');
    expect(refused?.message).toContain('inventory.stock');
  });

  it('starts without its brokers, is not ready, says why, and closes', async () => {
    const waiting = transport(['inventory.stock']);
    expect(waiting.health()).toEqual({
      live: true,
      ready: false,
      reason: 'the Kafka consumer is not in its group: not started',
    });
    let calls = 0;
    waiting.listen((error) => (calls += error === undefined ? 1 : 100));
    expect(calls).toBe(1);
    expect(waiting.health()).toMatchObject({ live: true, ready: false });
    expect(await waiting.lag()).toEqual([]);
    await waiting.close();
    expect(waiting.health()).toEqual({ live: true, ready: false, reason: 'the consumer is closed' });
  });

  it('is ready at once when there is nothing to read', () => {
    expect(transport([]).health()).toEqual({ live: true, ready: true });
  });
});
