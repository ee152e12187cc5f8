import { createHash } from 'node:crypto';
import type { EventId } from '@wardline/event-contracts';
import type { ProposedItem, Reading, VersionMark } from '@wardline/fhir';

/** What an item says of the stock, without persons: what is kept of it, so that it can be taken back. */
export type Said = Omit<ProposedItem, 'line' | 'encounter' | 'performer' | 'precision'>;

/** A record that stands for a resource: made of it and not taken back. */
export interface StandingItem {
  readonly eventId: EventId;
  readonly said: Said;
}

/** What is known of a resource before a version of it is taken. */
export interface KnownResource {
  /** The latest version that was taken, whatever came after it; null when none was. */
  readonly latest: (VersionMark & { readonly meaning: Buffer }) | null;
  /** What the version with this versionId said, when it was taken before. */
  readonly sameVersion: Buffer | null;
  readonly standing: readonly StandingItem[];
}

/** What taking a version of a resource comes to. */
export type Revision =
  /** Known already, or older than what is known: nothing changes. */
  | { readonly kind: 'repeat' | 'superseded' }
  /** Another content under a version that was taken: the source contradicts itself. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'change'; readonly takeBack: readonly StandingItem[]; readonly record: readonly ProposedItem[] };

/**
 * What a version changes: what the resource says no more is taken back, what it says anew is recorded, and what it still
 * says stands, whatever the order. A version that was taken, or that is older than the latest, has no effect. Versions are
 * told apart by `meta.versionId`, and their order by `meta.lastUpdated`, else by whole-numbered versionIds, else by arrival.
 */
export function revise({ latest, sameVersion, standing }: KnownResource, reading: Reading): Revision {
  const meaning = meaningOf(reading);
  if (sameVersion !== null) return { kind: sameVersion.equals(meaning) ? 'repeat' : 'conflict' };
  if (latest !== null) {
    if (isOlder(reading.mark, latest)) return { kind: 'superseded' };
    if (reading.mark.versionId === null && latest.meaning.equals(meaning)) return { kind: 'repeat' };
  }
  const left = [...standing];
  const record = reading.items.filter((item) => {
    const text = textOf(saidOf(item));
    const same = left.findIndex(({ said }) => textOf(said) === text);
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  return { kind: 'change', takeBack: left, record };
}

/** What is kept of an item. */
export function saidOf(item: ProposedItem): Said {
  const { line: _line, encounter: _encounter, performer: _performer, precision: _precision, ...said } = item;
  return said;
}

/** SHA-256 of what a version says of the stock. */
export function meaningOf({ enteredInError, items }: Reading): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([enteredInError, items.map((item) => textOf(saidOf(item)))]))
    .digest();
}

function isOlder(mark: VersionMark, latest: VersionMark): boolean {
  if (mark.lastUpdated !== null && latest.lastUpdated !== null && mark.lastUpdated !== latest.lastUpdated)
    return mark.lastUpdated < latest.lastUpdated;
  const [one, other] = [mark.versionId, latest.versionId];
  return (
    one !== null && other !== null && /^\d{1,18}$/.test(one) && /^\d{1,18}$/.test(other) && BigInt(one) < BigInt(other)
  );
}

// jsonb keeps no order of keys.
function textOf(said: Said): string {
  const { product, location, toLocation, ...rest } = said;
  const place = (at: Said['toLocation']): unknown => (at === null ? null : [at.scheme, at.value]);
  const fields = Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([
    [product.scheme, product.value, product.supplierCode],
    place(location),
    place(toLocation),
    fields,
  ]);
}
