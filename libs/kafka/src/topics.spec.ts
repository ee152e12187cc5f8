import { describe, expect, it } from 'vitest';
import { catalogue } from '@wardline/event-contracts';
import { lagOf } from './consumer-lag.js';
import { differences, topicSettings } from './topics.js';

describe('topics from the catalogue', () => {
  it.each([
    ['P90D', { 'cleanup.policy': 'delete', 'retention.ms': '7776000000' }],
    ['forever', { 'cleanup.policy': 'delete', 'retention.ms': '-1' }],
    ['compact', { 'cleanup.policy': 'compact', 'retention.ms': '-1' }],
  ])('keep what %s says', (retention, settings) => {
    expect(topicSettings({ name: 'x.y' as never, retention })).toMatchObject(settings);
  });

  it('hold what producers have compressed unpacked, so that every consumer can read it', () => {
    for (const topic of catalogue) expect(topicSettings(topic)).toMatchObject({ 'compression.type': 'uncompressed' });
  });

  it('all have a retention that a broker can be told', () => {
    for (const topic of catalogue) expect(topicSettings(topic)).toHaveProperty('retention.ms');
    expect(() => topicSettings({ name: 'x.y' as never, retention: '90 days' })).toThrow('x.y: retention 90 days');
  });

  it('are compared with those that exist, a sentence for each difference', () => {
    const topic = { name: 'x.y' as never, retention: 'compact', partitions: 3 };
    const same = new Map(Object.entries(topicSettings(topic)));
    expect(differences(topic, 3, same)).toEqual([]);
    expect(differences(topic, 6, new Map([...same, ['cleanup.policy', 'delete']]))).toEqual([
      expect.stringContaining('topic x.y has 6 partitions and the catalogue says 3') as string,
      expect.stringContaining('topic x.y has cleanup.policy=delete and the catalogue says compact') as string,
    ]);
  });
});

describe('the lag of a partition', () => {
  const now = new Date('2026-11-21T08:00:10Z');
  const behindSince = new Date('2026-11-21T08:00:00Z');
  const standing = { topic: 't', partition: 0, position: 4n, behindSince };

  it('counts what is not settled and how old it is', () => {
    expect(lagOf(standing, { low: 0n, high: 9n }, now)).toEqual({ topic: 't', partition: 0, messages: 5, seconds: 10 });
  });

  it('is nothing at the end', () => {
    expect(lagOf(standing, { low: 0n, high: 4n }, now)).toMatchObject({ messages: 0, seconds: 0 });
  });

  it('does not count what the topic no longer keeps, or what was never read', () => {
    expect(lagOf(standing, { low: 8n, high: 9n }, now)).toMatchObject({ messages: 1 });
    expect(lagOf({ ...standing, position: null }, { low: 2n, high: 9n }, now)).toMatchObject({ messages: 7 });
  });
});
