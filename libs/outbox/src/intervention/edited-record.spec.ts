import { ConsumptionRecorded, Decimal, recordFromJson, type RecordFromJson } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { editedRecord, maskedChanges } from './edited-record.js';

const eventId = '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01';
const read = recordFromJson(ConsumptionRecorded, {
  ...{ eventId, occurredAt: '2026-11-21T08:15:30.000Z', source: 'cabinet-7', correlationId: eventId },
  ...{ sequence: 48213, kind: 'USED', quantity: '2.5', unit: 'EA', performerRef: 'nurse-7' },
  product: { scheme: 'INTERNAL', value: 'GAUZE-10' },
  location: { scheme: 'CODE', value: 'NORTH-ICU' },
}) as Extract<RecordFromJson, { ok: true }>;

function wrongFields(changes: Record<string, unknown>): string[] {
  const result = editedRecord(ConsumptionRecorded, read.data, changes);
  return result.ok ? [] : result.wrong.map(({ field }) => field);
}

describe('an edited record', () => {
  it('is the original with the changes, in depth, and everything else as it was', () => {
    const changes = { quantity: '3', product: { value: 'GAUZE-20' }, sequence: null };
    const edited = editedRecord(ConsumptionRecorded, read.data, changes) as Extract<RecordFromJson, { ok: true }>;
    expect(edited).toEqual({
      ok: true,
      data: {
        ...read.data,
        ...{ quantity: new Decimal(3), sequence: null },
        product: { scheme: 'INTERNAL', value: 'GAUZE-20', supplierCode: null },
      },
    });
    expect(edited.data['performerRef']).toBe('nurse-7');
  });

  it('is refused with every wrong field at once', () => {
    const header = {
      eventId: 'x',
      correlationId: 'x',
      occurredAt: '2026-11-21',
      source: 'me',
      recordedAt: null,
      causationId: null,
    };
    expect(wrongFields({ ...header, quantity: 'two', ward: 'ICU', unit: null }).sort()).toEqual([
      ...['causationId', 'correlationId', 'eventId', 'occurredAt', 'quantity', 'recordedAt', 'source', 'unit', 'ward'],
    ]);
  });

  it('never takes a masked value for a real one', () => {
    expect(wrongFields({ performerRef: '***' })).toEqual(['performerRef']);
    expect(wrongFields({ performerRef: 'nurse-8' })).toEqual([]);
  });

  it('shows in its changes nothing that could identify a person', () => {
    const changes = { performerRef: 'nurse-8', encounterRef: null, quantity: '3' };
    expect(maskedChanges(ConsumptionRecorded, changes)).toEqual({
      performerRef: '***',
      encounterRef: null,
      quantity: '3',
    });
    expect(changes.performerRef).toBe('nurse-8');
  });
});
