import { ConsumptionAccepted, ConsumptionRecorded, topicContract, type TopicContract } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../exit.js';
import { outgoing, recordsIn, typeFor } from './outgoing.js';
import { recordKey } from './record-key.js';

const consumption = topicContract('clinical.consumption') as TopicContract;
const use = {
  ...{ occurredAt: '2026-11-21T08:15:30Z', source: 'cabinet-7', kind: 'USED', quantity: '2', unit: 'EA' },
  product: { scheme: 'INTERNAL', value: 'GAUZE-10' },
  location: { scheme: 'CODE', value: 'NORTH-ICU' },
};

function refusal(work: () => unknown): CommandError {
  try {
    work();
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a file of records', () => {
  it.each([
    ['one object', '{"a": 1}', [{ a: 1 }]],
    ['a list', '[{"a": 1}, {"a": 2}]', [{ a: 1 }, { a: 2 }]],
    ['one a line, with empty lines between', '{"a": 1}\n\n{"a": 2}\n', [{ a: 1 }, { a: 2 }]],
  ])('may be %s', (_form, text, records) => {
    expect(recordsIn(text)).toEqual(records);
  });

  it('is refused with the line that is no JSON', () => {
    expect(refusal(() => recordsIn('{"a": 1}\n{"a": }\n')).message).toContain('line 2');
  });
});

describe('records to send', () => {
  it('get an eventId, their own correlation and the key of the contract', () => {
    const [record] = outgoing(consumption, ConsumptionRecorded, [use]);
    expect(record?.eventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(record).toMatchObject({ key: 'NORTH-ICU/GAUZE-10', data: { correlationId: record?.eventId } });
    const eventId = '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01';
    expect(outgoing(consumption, ConsumptionRecorded, [{ ...use, eventId }], 'mine')).toMatchObject([
      { eventId, key: 'mine' },
    ]);
  });

  it('are refused all together, with every wrong field of every one', () => {
    const wrong = [use, { ...use, quantity: 'two', colour: 'red' }, { ...use, unit: undefined }];
    const error = refusal(() => outgoing(consumption, ConsumptionRecorded, wrong));
    expect(error.exitCode).toBe(2);
    for (const part of [
      'nothing was sent',
      'record 2: quantity: "two"',
      'record 2: colour',
      'record 3: unit: is missing',
    ])
      expect(error.message).toContain(part);
  });

  it('need their type named where a topic takes several', () => {
    const receipts = topicContract('clinical.consumption-receipt') as TopicContract;
    expect(typeFor(receipts, 'ConsumptionAccepted')).toBe(ConsumptionAccepted);
    expect(refusal(() => typeFor(receipts, undefined)).message).toContain('ConsumptionHeld');
    expect(typeFor(consumption, undefined)).toBe(ConsumptionRecorded);
    expect(refusal(() => typeFor(topicContract('bank.statement') as TopicContract, undefined)).message).toContain(
      'no records',
    );
  });
});

describe('the key of a record by the words of its contract', () => {
  const data = {
    productCode: 'G',
    locationCode: 'L',
    lotNumber: '7',
    product: { value: 'P' },
    location: { value: 'W' },
  };
  it.each([
    ['<location value>/<product value>', 'W/P'],
    ['<location code>/<product code>', 'L/G'],
    ['<product code>/<lot number>', 'G/7'],
    ['product code', 'G'],
    ['that of the record', undefined],
    ['<location code>/<shelf>', undefined],
  ])('%s', (contract, key) => {
    expect(recordKey(contract, data)).toBe(key);
  });
});
