import { createHash } from 'node:crypto';
import type { EventId } from '@wardline/event-contracts';
import type { BusinessEvent } from '@wardline/event-handling';
import type { ProposedRequisition, Reading } from '@wardline/hl7v2';
import type { PlacedConsumption } from './place-of-use.js';
import type { Pseudonym } from './pseudonym.js';
import { recordedConsumption } from './recorded-consumption.js';
import { recordedRequisition } from './recorded-requisition.js';

/** What an item of a message is known by: its sender, the sender's own id of it or its place in the message, what happened. */
export interface ItemIdentity {
  readonly profile: string;
  readonly transaction: string;
  readonly kind: 'USED' | 'WASTED' | 'RETURNED' | 'REVERSED' | 'REQUESTED' | 'CANCELLED';
}

/** An item of a message that becomes an event. */
export interface IntakeItem extends ItemIdentity {
  /** Its segment, for a person. */
  readonly item: string;
  /** SHA-256 of what it says, whatever message it came in. */
  readonly meaning: Buffer;
  /** What it takes back: the sender's number of it, null where none was named, and what kinds that may be. */
  readonly takesBack: { readonly transaction: string | null; readonly kinds: readonly ItemIdentity['kind'][] } | null;
  readonly eventOf: (ids: { readonly eventId: EventId; readonly reverses: EventId | null }) => BusinessEvent;
}

/** SHA-256 of what a message or an item of it says, whatever the message's number and time. */
export function meaningOf({
  records = [],
  requisitions = [],
  movements = [],
}: Partial<Pick<Reading, 'records' | 'requisitions' | 'movements'>>): Buffer {
  const said = [
    ...records.map(({ item: _item, origins: _origins, precision: _precision, ...says }) => says),
    ...requisitions.map(({ item: _item, origins: _origins, occurredAt: _sent, ...says }) => says),
    ...movements.map(({ origins: _origins, recordedAt: _sent, ...says }) => says),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest();
}

/** A consumption as an item. What it says is what was sent: its ward by encounter may be told otherwise later. */
export function consumptionItem(
  record: PlacedConsumption,
  {
    profile,
    controlId,
    pseudonym,
  }: { readonly profile: string; readonly controlId: string; readonly pseudonym: Pseudonym },
): IntakeItem {
  const { item, kind, transaction, reverses } = record;
  return {
    ...{ profile, item, kind, transaction: transaction ?? `${controlId}/${item}` },
    meaning: meaningOf({ records: [record.wardBy === undefined ? record : { ...record, location: null }] }),
    takesBack: kind === 'REVERSED' ? { transaction: reverses, kinds: ['USED', 'WASTED', 'RETURNED'] } : null,
    eventOf: (ids) => recordedConsumption(record, ids, { profile, pseudonym }),
  };
}

/** A wish for stock or its cancellation as an item: both have the number of the request. */
export function requisitionItem(
  wish: ProposedRequisition,
  { profile, controlId }: { readonly profile: string; readonly controlId: string },
): IntakeItem {
  const { item, action: kind, order, line } = wish;
  const number = order === null ? null : line === null ? order : `${order}/${line}`;
  return {
    ...{ profile, item, kind, transaction: number ?? `${controlId}/${item}` },
    meaning: meaningOf({ requisitions: [wish] }),
    takesBack: kind === 'CANCELLED' ? { transaction: number, kinds: ['REQUESTED'] } : null,
    eventOf: (ids) => recordedRequisition(wish, ids, profile),
  };
}
