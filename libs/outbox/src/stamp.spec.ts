import { StockMoved, Topic, type EventId } from '@wardline/event-contracts';
import type { BusinessEvent } from '@wardline/event-handling';
import { describe, expect, it } from 'vitest';
import { messageHeaders, stamp, withCause } from './stamp.js';

const now = new Date('2026-11-21T08:15:31.000Z');
const occurredAt = new Date('2026-11-21T08:15:30.000Z');
const cause = {
  eventId: '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01' as EventId,
  correlationId: '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00' as EventId,
};
const moved: BusinessEvent = {
  topic: Topic.InventoryStock,
  key: 'ICU/GLOVE-M',
  type: StockMoved,
  data: { occurredAt },
};
const publisher = { source: 'inventory-sync', now };

describe('the event header', () => {
  it('names publisher, time, correlation and cause', () => {
    const [event] = stamp(withCause(cause, [moved]), publisher);
    expect(event!.data).toMatchObject({
      occurredAt,
      recordedAt: now,
      source: 'inventory-sync',
      correlationId: cause.correlationId,
      causationId: cause.eventId,
    });
  });

  it('gives the same cause the same identities again, and different ones to different events', () => {
    const first = stamp(withCause(cause, [moved, moved]), publisher).map((event) => event.data.eventId);
    const again = stamp(withCause(cause, [moved, moved]), { ...publisher, now: new Date('2026-11-22T00:00:00Z') }).map(
      (event) => event.data.eventId,
    );
    expect(again).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('is its own correlation when nothing of ours caused it', () => {
    const [event] = stamp([moved], publisher);
    expect(event!.data.correlationId).toBe(event!.data.eventId);
    expect(event!.data['causationId']).toBeNull();
    expect(event!.data.eventId[14]).toBe('7');
  });

  it('becomes CloudEvents attributes and a trace that follows the correlation', () => {
    const [event] = stamp(withCause(cause, [moved]), publisher);
    expect(messageHeaders(event!)).toMatchObject({
      ce_specversion: '1.0',
      ce_id: event!.data.eventId,
      ce_type: 'org.wardline.inventory.StockMoved',
      ce_source: 'inventory-sync',
      ce_subject: 'ICU/GLOVE-M',
      ce_time: '2026-11-21T08:15:30.000Z',
      'content-type': 'application/avro',
    });
    expect(messageHeaders(event!)['traceparent']).toMatch(/^00-0193f1a27c3e7d118a550d2f6a1b9c00-[0-9a-f]{16}-01$/);
  });
});
