import { describe, expect, it, vi } from 'vitest';
import type { OutboundRecord } from '@wardline/event-handling';
import { silentLog } from '@wardline/testing';
import { KafkaSink, requests } from './kafka-sink.js';

const record = (value: string): OutboundRecord => ({ topic: 't', key: 'k', value: Buffer.from(value), headers: {} });

/** A sink whose producers are these, one after the other; each is a function that sends. */
function sinkOver(...producers: (() => Promise<void>)[]): { sink: KafkaSink; connected: () => number } {
  const sink = new KafkaSink({ brokers: ['127.0.0.1:9'], clientId: 'test', log: silentLog });
  let connected = 0;
  const producer = (): object => {
    const send = producers[Math.min(connected++, producers.length - 1)]!;
    return { connect: () => Promise.resolve(), disconnect: () => Promise.resolve(), sendBatch: send };
  };
  Object.assign(sink, { kafka: { producer } });
  return { sink, connected: () => connected };
}

const failure = (fields: object): Error => Object.assign(new Error('broker says no'), fields);

describe('publishing', () => {
  it('cuts a batch into requests of bounded size, in order', () => {
    const cut = requests(['aaa', 'bbb', 'ccc'].map(record), 150);
    expect(cut.map((run) => run.map((item) => item.value?.toString()))).toEqual([['aaa', 'bbb'], ['ccc']]);
    expect(requests([record('x'.repeat(500)), record('y')], 150)).toHaveLength(2);
    expect(requests([], 150)).toEqual([]);
  });

  it.each(['OUT_OF_ORDER_SEQUENCE_NUMBER', 'DUPLICATE_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID'])(
    'sends the same batch with a new producer after %s',
    async (type) => {
      const sent = vi.fn(() => Promise.resolve());
      const { sink, connected } = sinkOver(() => Promise.reject(failure({ type, retriable: false })), sent);
      await sink.publish([record('a')]);
      expect(sent).toHaveBeenCalledTimes(1);
      expect(connected()).toBe(2);
      await sink.close();
    },
  );

  it('sends the same batch over a new connection after a request that nobody answered', async () => {
    const unanswered = Object.assign(failure({ retriable: true }), { name: 'KafkaJSRequestTimeoutError' });
    const sent = vi.fn(() => Promise.resolve());
    const { sink, connected } = sinkOver(() => Promise.reject(unanswered), sent);
    await sink.publish([record('a')]);
    expect(sent).toHaveBeenCalledTimes(1);
    expect(connected()).toBe(2);
    await sink.close();
  });

  it('keeps the producer, and tries on, while the cluster is away', async () => {
    let failures = 2;
    const { sink, connected } = sinkOver(() =>
      failures-- > 0 ? Promise.reject(failure({ retriable: true })) : Promise.resolve(),
    );
    await sink.publish([record('a')]);
    expect(connected()).toBe(1);
    await sink.close();
  });

  it('refuses what no repetition can mend, and goes on with the next batch', async () => {
    let failures = 1;
    const { sink } = sinkOver(() =>
      failures-- > 0
        ? Promise.reject(failure({ type: 'TOPIC_AUTHORIZATION_FAILED', retriable: false }))
        : Promise.resolve(),
    );
    await expect(sink.publish([record('a')])).rejects.toThrow(
      'cannot publish to t: broker says no (TOPIC_AUTHORIZATION_FAILED)',
    );
    await sink.publish([record('b')]);
    await sink.close();
  });

  it('is refused once the sink is closed', async () => {
    const { sink } = sinkOver(() => Promise.resolve());
    await sink.close();
    await expect(sink.publish([record('a')])).rejects.toThrow('the sink is closed');
  });
});
