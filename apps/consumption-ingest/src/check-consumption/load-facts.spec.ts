import { setImmediate as aTurn } from 'node:timers/promises';
import type { Transaction } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEventId, aRecord } from '../../test/builders.js';
import { ConsumptionRecordStore } from '../consumption-record.store.js';
import { CrosswalkStore } from '../crosswalk/crosswalk.store.js';
import { LotStore } from '../lot.store.js';
import { MasterDataStore } from '../master-data.store.js';
import { FactLoader } from './load-facts.js';

const unheard: unknown[] = [];
const listen = (error: unknown): void => void unheard.push(error);

describe('Reading what a decision rests on', () => {
  beforeEach(() => void process.on('unhandledRejection', listen));
  afterEach(() => void process.off('unhandledRejection', listen));

  it('ends in one error that its caller hears when Postgres dies under all its statements, and not the service', async () => {
    const facts = new FactLoader(
      new ConsumptionRecordStore(),
      new MasterDataStore(),
      new LotStore(),
      new CrosswalkStore(),
    );
    const reversal = aRecord({ reverses: anEventId(), sequence: 1n });
    await expect(facts.load(dying(), [reversal])).rejects.toThrow('Connection terminated');
    await aTurn();
    expect(unheard).toEqual([]);
  });
});

/** A connection that breaks: its statements fail together, the last one asked first. */
function dying(): Transaction {
  const waiting: ((reason: Error) => void)[] = [];
  setImmediate(() => {
    for (const fail of waiting.reverse()) fail(new Error('Connection terminated unexpectedly'));
  });
  return { query: () => new Promise((_, reject) => waiting.push(reject)), write: () => undefined };
}
