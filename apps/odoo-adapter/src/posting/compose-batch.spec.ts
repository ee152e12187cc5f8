import { Decimal, type EventId } from '@wardline/event-contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeBatch, isDue, recompose } from './compose-batch.js';
import type { PolicyName, Posting } from './posting.js';

const morning = new Date('2026-11-21T08:00:00Z');

function posting(
  position: number,
  change: Partial<Posting> = {},
  movement: Partial<Posting['movement']> = {},
): Posting {
  const eventId = `00000000-0000-7000-8000-${String(position).padStart(12, '0')}` as EventId;
  return {
    ...{
      eventId,
      correlationId: eventId,
      position: BigInt(position),
      key: 'NORTH-ICU/GLOVE-M',
      state: 'pending',
      document: null,
    },
    ...{ policy: 'batched', windowStart: null, dueAt: morning, attempts: 0 },
    movement: {
      ...{
        productCode: 'GLOVE-M',
        fromLocation: 'NORTH-ICU',
        toLocation: 'Consumption',
        lotNumber: null,
        serialNumber: null,
      },
      ...{ quantity: new Decimal(1), unit: 'Units', movementType: 'CONSUMPTION', occurredAt: morning },
      ...{ expiryDate: null, reason: null },
      ...movement,
    },
    ...change,
  };
}

const anyPosting = fc.record({
  policy: fc.constantFrom<PolicyName>('batched', 'immediate', 'coalesced'),
  product: fc.constantFrom('GLOVE-M', 'SUTURE'),
  lot: fc.constantFrom(null, 'L1', 'L2'),
  isReturn: fc.boolean(),
  window: fc.integer({ min: 0, max: 2 }),
  quantity: fc.integer({ min: 1, max: 500 }),
});

const batch = fc.array(anyPosting, { maxLength: 80 }).map((all) =>
  all.map(({ policy, product, lot, isReturn, window, quantity }, position) =>
    posting(
      position,
      { policy, key: `NORTH-ICU/${product}`, windowStart: policy === 'coalesced' ? new Date(window * 60_000) : null },
      {
        ...{ productCode: product, lotNumber: lot, quantity: new Decimal(quantity).div(100) },
        ...(isReturn && { fromLocation: 'Consumption', toLocation: 'NORTH-ICU' }),
      },
    ),
  ),
);

it('every movement is in exactly one document, and documents carry what their movements do', () => {
  fc.assert(
    fc.property(batch, (postings) => {
      const documents = composeBatch(postings);
      const composed = documents.flatMap((document) => document.postings.map(({ eventId }) => eventId));
      expect(composed.toSorted()).toEqual(postings.map(({ eventId }) => eventId));
      for (const { postings: members } of documents) {
        const alike = new Set(
          members.map(({ movement: { quantity: _, ...rest }, windowStart }) => JSON.stringify([rest, windowStart])),
        );
        expect(alike.size).toBe(1);
        expect(members.every(({ policy }) => policy === 'coalesced') || members.length === 1).toBe(true);
      }
      expect(new Set(documents.map(({ document }) => document)).size).toBe(documents.length);
    }),
  );
});

it('within a key documents keep the order of their first movements', () => {
  fc.assert(
    fc.property(batch, (postings) => {
      const firsts = composeBatch(postings).map((document) => document.postings[0]!);
      for (const ofKey of Map.groupBy(firsts, ({ key }) => key).values()) {
        expect(ofKey.map(({ position }) => position)).toEqual(
          ofKey.map(({ position }) => position).toSorted((a, b) => Number(a - b)),
        );
      }
    }),
  );
});

it('a composition that was stored comes back the same', () => {
  fc.assert(
    fc.property(batch, (postings) => {
      const documents = composeBatch(postings);
      const stored = documents
        .flatMap(({ document, postings: members }) => members.map((member) => ({ ...member, document })))
        .toSorted((a, b) => Number(a.position - b.position));
      const names = (all: ReturnType<typeof composeBatch>) =>
        all.map((each) => [each.document, each.postings.map(({ eventId }) => eventId)]);
      expect(names(recompose(stored))).toEqual(names(documents));
    }),
  );
});

it("the document of a window is named after its first event and is not that event's own", () => {
  const coalesced = { policy: 'coalesced', windowStart: morning } as const;
  const [document] = composeBatch([posting(1, coalesced), posting(2, coalesced)]);
  expect(document?.document).toBe('stock_moved_window_00000000-0000-7000-8000-000000000001');
  expect(composeBatch([posting(1)])[0]?.document).toBe('stock_moved_00000000-0000-7000-8000-000000000001');
});

it('a lane writes when the batch is full or the first movement is due, not before', () => {
  const later = posting(1, { dueAt: new Date(morning.getTime() + 50) });
  expect(isDue([later], 200, morning)).toBe(false);
  expect(isDue([later, later], 2, morning)).toBe(true);
  expect(isDue([later, posting(2)], 200, morning)).toBe(true);
});
