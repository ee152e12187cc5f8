import { Decimal, StockMoved } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { envelopeOf, testMorning } from './index.js';

const movement = {
  movementType: 'CONSUMPTION',
  productCode: 'GLOVE-M',
  fromLocation: 'NORTH-ICU',
  toLocation: 'CONSUMPTION',
  quantity: new Decimal(2),
} as never;

describe('an envelope for a test', () => {
  it('fills in the header of the event and where it came from', () => {
    const envelope = envelopeOf(StockMoved, movement);
    expect(envelope.topic).toBe('inventory.stock');
    expect(envelope.data).toMatchObject({ productCode: 'GLOVE-M', occurredAt: testMorning, eventId: envelope.eventId });
    expect(envelope.correlationId).toBe(envelope.eventId);
    expect(envelope.record).toMatchObject({ topic: 'inventory.stock', partition: 0, offset: 0n });
  });

  it('takes what the test says about key, time and place', () => {
    const receivedAt = new Date('2026-01-02T03:04:05Z');
    const envelope = envelopeOf(StockMoved, movement, { key: 'NORTH-ICU/GLOVE-M', receivedAt, offset: 7n });
    expect(envelope).toMatchObject({ key: 'NORTH-ICU/GLOVE-M', receivedAt, offset: 7n });
    expect(envelope.record.key?.toString()).toBe('NORTH-ICU/GLOVE-M');
  });
});
