import { createHash } from 'node:crypto';
import type { DayRecord } from '../generator/record.ts';
import { eventIdOf } from './event-id.ts';

/** A message as an upstream team produces it. */
export interface KafkaMessage {
  readonly topic: 'clinical.consumption' | 'warehouse.scan';
  readonly key: string;
  /** Full name of the record; null where the bytes are none. */
  readonly record: string | null;
  /** Decimals are text, times milliseconds. */
  readonly data: Readonly<Record<string, unknown>> | Buffer;
}

const useKinds: ReadonlySet<string> = new Set(['USED', 'WASTED', 'RETURNED']);

/** Whether a record tells of use, not of handling. */
export function isUse({ what, reverses }: DayRecord): boolean {
  return useKinds.has(what) || (what === 'REVERSED' && (reverses === null || isUse(reverses)));
}

/** The message of a record by the contracts of `clinical.consumption` and `warehouse.scan`. */
export function kafkaMessage(record: DayRecord): KafkaMessage {
  if (record.repeats !== null) return kafkaMessage(record.repeats);
  const { product, place, expect, id } = record;
  const [value, supplierCode] = product.value.split(':').reverse() as [string, string?];
  const key = `${place}/${value}`;
  if (expect.end === 'unreadable')
    return {
      topic: 'clinical.consumption',
      key: `unreadable/${id}`,
      record: null,
      data: Buffer.from(`{"glove":"${id}"}`),
    };
  const named = { scheme: product.scheme, value };
  if (!isUse(record)) {
    const data = { ...common(record), ...handling(record), product: named };
    return { topic: 'warehouse.scan', key, record: 'org.wardline.warehouse.StockOperationRecorded', data };
  }
  const own = { kind: record.what, encounterRef: null, product: { ...named, supplierCode: supplierCode ?? null } };
  const data = { ...common(record), ...own };
  return { topic: 'clinical.consumption', key, record: 'org.wardline.clinical.ConsumptionRecorded', data };
}

function common(record: DayRecord): Record<string, unknown> {
  const { id, at, sender, sequence, what, reverses, place, lot, serial, expiry, quantity, unit, reason } = record;
  const eventId = eventIdOf(record);
  return {
    ...{
      eventId,
      occurredAt: at.getTime(),
      recordedAt: null,
      source: sender,
      correlationId: eventId,
      causationId: null,
    },
    ...{ sequence, location: { scheme: 'CODE', value: place }, lotNumber: lot, serialNumber: serial },
    reverses: what === 'REVERSED' ? (reverses === null ? nothingOf(id) : eventIdOf(reverses)) : null,
    ...{
      expiryDate: expiry === null ? null : Date.parse(expiry) / 86_400_000,
      quantity,
      unit: spelled(unit, id),
      reason,
    },
    performerRef: 'staff-day',
  };
}

function handling({ what, toPlace, document }: DayRecord): Record<string, unknown> {
  const isTransfer = what === 'SHIPPED' || what === 'ARRIVED';
  return {
    operation: what,
    toLocation: toPlace === null ? null : { scheme: 'CODE', value: toPlace },
    ...{ transferReference: isTransfer ? document : null, documentReference: isTransfer ? null : document },
    approverRef: null,
  };
}

/** An eventId that no record has. */
function nothingOf(id: string): string {
  return eventIdOf({ id: `nothing of ${id}`, at: new Date(0) });
}

const pieces = ['EA', '{each}', 'Units', 'C62'];

/** One of the ways in which systems write "piece". */
function spelled(unit: string, id: string): string {
  if (unit !== 'EA') return unit;
  return pieces[createHash('sha256').update(id).digest()[0]! % pieces.length]!;
}
