import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { inboundRecord } from './inbound-record.js';

const message: KafkaMessage = { key: null, value: null, timestamp: '0', attributes: 0, offset: '7', headers: {} };

describe('a message as it came from the broker', () => {
  it('has its headers as texts: of a name that comes twice the first, of one without a value nothing', () => {
    const bare = null as unknown as Buffer;
    const headers = {
      once: Buffer.from('a'),
      twice: [Buffer.from('b'), Buffer.from('c')],
      bare,
      bareTwice: [bare, bare],
    };
    expect(inboundRecord('t', 0, { ...message, headers }).headers).toEqual({
      once: 'a',
      twice: 'b',
      bare: '',
      bareTwice: '',
    });
  });

  it.each([
    ['1795248930000', '2026-11-21T08:15:30.000Z'],
    ['-1', '1970-01-01T00:00:00.000Z'],
    ['-8640000000000000', '1970-01-01T00:00:00.000Z'],
    ['-9223372036854775808', '1970-01-01T00:00:00.000Z'],
    ['9223372036854775807', '9999-12-31T23:59:59.999Z'],
    ['', '1970-01-01T00:00:00.000Z'],
  ])('has a time that a database knows, also when the broker says %s', (timestamp, time) => {
    expect(inboundRecord('t', 0, { ...message, timestamp }).timestamp.toISOString()).toBe(time);
  });
});
