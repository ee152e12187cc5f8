import { Paused, Reject, RetryLater } from '@wardline/event-handling';
import { describe, expect, it } from 'vitest';
import { technicalTries, unreadable, verdictOn } from './verdict.js';

describe('what becomes of a message whose handler failed', () => {
  it('a reject for missing data is parked for its owner and comes back by itself with growing pauses', () => {
    const reject = new Reject('UNKNOWN_PRODUCT', 'no product GLOVE-M', {
      class: 'DATA',
      awaits: ['product:INTERNAL:GLOVE-M'],
    });
    expect(verdictOn(reject, 1)).toEqual({
      state: 'parked',
      class: 'DATA',
      code: 'UNKNOWN_PRODUCT',
      message: 'no product GLOVE-M',
      owner: 'master-data',
      awaits: ['product:INTERNAL:GLOVE-M'],
      retryAfterMs: 5_000,
      raises: true,
    });
    expect(verdictOn(reject, 2).retryAfterMs).toBe(30_000);
    expect(verdictOn(reject, 99).retryAfterMs).toBe(300_000);
  });

  it('a business reject waits for a person and nothing else', () => {
    expect(verdictOn(new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' }), 1)).toMatchObject({
      owner: 'stores',
      retryAfterMs: null,
    });
  });

  it('an unexpected error is tried a bounded number of times before the platform team has to look', () => {
    const fault = new TypeError('x is undefined');
    expect(verdictOn(fault, 1)).toMatchObject({
      state: 'retrying',
      code: 'TECHNICAL_FAULT',
      message: 'TypeError: x is undefined',
      retryAfterMs: 1_000,
    });
    expect(verdictOn(fault, technicalTries)).toMatchObject({ state: 'parked', owner: 'platform', retryAfterMs: null });
  });

  it('a handler may say when to come back', () => {
    expect(verdictOn(new RetryLater('the order has not arrived', { after: 250 }), 1)).toMatchObject({
      state: 'retrying',
      retryAfterMs: 250,
    });
  });

  it('an outage is no fault of the message: it is thrown on and nothing is parked', () => {
    const gone = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
    expect(() => verdictOn(gone, 1)).toThrow(gone);
    expect(() => verdictOn(new Error('Connection terminated unexpectedly'), 1)).toThrow('Connection terminated');
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    expect(() => verdictOn(deadlock, 1)).toThrow(deadlock);
    expect(() => verdictOn(new RetryLater('Odoo is away', { class: 'DEPENDENCY', after: 700 }), 1)).toThrow(Paused);
  });

  it('bytes that cannot be read wait for their sender; an unknown schema may still be registered', () => {
    expect(unreadable('UNDECODABLE', 'not Avro', 1)).toMatchObject({ owner: 'source-system', retryAfterMs: null });
    expect(unreadable('UNKNOWN_SCHEMA', 'schema 99 is not registered', 1)).toMatchObject({ retryAfterMs: 5_000 });
  });

  it('keeps a text that Postgres would refuse', () => {
    expect(verdictOn(new Error('a\0b'), 1).message).toBe('Error: a\u2400b');
  });

  it('keeps a text short, and such that an event can carry it wherever it is cut', () => {
    for (const before of [3_990, 3_991, 3_992, 3_993]) {
      const { message } = verdictOn(new Error(`${'x'.repeat(before)}😀😀😀😀`), 1);
      expect(message.isWellFormed()).toBe(true);
      expect(message.length).toBeLessThanOrEqual(4_000);
    }
    expect(verdictOn(new Reject('X\0', 'half a character: \ud83d', { class: 'DATA' }), 1)).toMatchObject({
      code: 'X\u2400',
      message: 'half a character: \ufffd',
    });
  });

  it('keeps what a message waits for only where the database can find it again', () => {
    const awaits = ['product:A', 'product:\0', `product:${'x'.repeat(3_000)}`];
    expect(verdictOn(new Reject('X', 'x', { class: 'DATA', awaits }), 1)).toMatchObject({
      awaits: ['product:A'],
      retryAfterMs: 5_000,
    });
  });
});
