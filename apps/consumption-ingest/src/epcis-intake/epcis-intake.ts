import { readDocument, readEvent, type EventReading, type Place } from '@wardline/epcis';
import { ConsumptionRecorded, Decimal, StockOperationRecorded, Topic, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { entryFor } from '../crosswalk/crosswalk.js';
import type { CrosswalkQuery, CrosswalkStore } from '../crosswalk/crosswalk.store.js';
import type { MasterDataStore } from '../master-data.store.js';
import type { CaptureJob, CaptureStore, ErrorBehaviour } from './capture.store.js';
import { nameOf } from './place-event.js';
import { settleEvents, type CodeAt, type MadeRecord, type SettledEvents } from './settle-events.js';

/** What the intake works with. */
export interface EpcisIntakeParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly captures: CaptureStore;
  readonly crosswalk: CrosswalkStore;
  readonly masterData: MasterDataStore;
  readonly clock: Clock;
}

/** Events of one document at most. */
export const mostEvents = 1_000;

/** Why a document is not taken at all. */
export type CaptureRefusal = { readonly tooMany: number } | { readonly problem: string };

/**
 * Captures EPCIS documents: use becomes `ConsumptionRecorded`, handling `StockOperationRecorded`, with the job in one
 * commit (promise 1). An event is known by its eventID, one without by what it says; a repeat has no second effect.
 */
export class EpcisIntake {
  constructor(private readonly parts: EpcisIntakeParts) {}

  /** Captures a document; answers its job, or why there is none. */
  async capture(given: unknown, behaviour: ErrorBehaviour): Promise<CaptureJob | CaptureRefusal> {
    const document = readDocument(given);
    if (!document.ok) return { problem: document.problem };
    const { events } = document;
    if (events.length > mostEvents) return { tooMany: events.length };
    const { database, captures, outbox, clock } = this.parts;
    const source = sourceOf(given);
    return database.transaction(async (tx) => {
      await captures.hold(tx);
      const settled = await this.#settle(tx, events, source);
      const isSuccess = settled.outcomes.every(({ outcome }) => outcome !== 'refused');
      const isTaken = isSuccess || behaviour === 'proceed';
      const job = jobOf(settled, { isSuccess, behaviour, at: clock.now() });
      captures.add(tx, job);
      if (isTaken) {
        captures.keep(tx, job.id, settled.captured);
        await outbox.add(tx, published(settled, source));
      }
      return job;
    });
  }

  async #settle(tx: Transaction, events: readonly unknown[], source: string): Promise<SettledEvents> {
    const readings = events.flatMap((event) => {
      const read = readEvent(event);
      return read.ok ? [read.event] : [];
    });
    const known = await this.parts.captures.known(
      tx,
      readings.map(({ id }) => id),
    );
    const codeOf = await this.#places(tx, readings, source);
    return settleEvents(events, { known, codeOf, newId: () => newEventId(this.parts.clock.now()) });
  }

  /** The places of the house among those of the events: by the barcode of a location, and by the crosswalk as it was then. */
  async #places(tx: Transaction, readings: readonly EventReading[], source: string): Promise<CodeAt> {
    const { crosswalk, masterData } = this.parts;
    const named = readings.flatMap(({ readPoint, bizLocation, source: from, destination }) =>
      [readPoint, bizLocation, from, destination].filter((place) => place !== null),
    );
    const codes = [...new Map(named.map((place) => [nameOf(place).value, codeSought(place)])).values()];
    const versions = await crosswalk.versions(tx, codes);
    const locations = codes.map(({ code }) => code);
    const found = await masterData.find(tx, { products: [], locations, units: [], lots: [] });
    const own = new Set(found.locations.map(({ code }) => code));
    return (place, at) => {
      const { kind, code } = codeSought(place);
      if (own.has(code)) return code;
      const ofCode = versions.filter((entry) => entry.kind === kind && entry.code === code);
      return entryFor(ofCode, { source, at })?.target ?? undefined;
    };
  }
}

function codeSought(place: Place): CrosswalkQuery {
  const { scheme, value } = nameOf(place);
  return { kind: scheme === 'GLN' ? 'GLN' : 'LOCATION', code: value };
}

function jobOf(
  { outcomes }: SettledEvents,
  { isSuccess, behaviour, at }: { readonly isSuccess: boolean; readonly behaviour: ErrorBehaviour; readonly at: Date },
): CaptureJob {
  const isDropped = !isSuccess && behaviour === 'rollback';
  const note = 'not captured: another event of the document was refused, and the capture is all or nothing';
  const kept = outcomes.map((one) =>
    isDropped && one.outcome !== 'refused' && one.outcome !== 'repeated'
      ? { ...one, outcome: 'refused' as const, records: [], note }
      : one,
  );
  return { id: newEventId(at), createdAt: at, behaviour, isSuccess, outcomes: kept };
}

function published({ captured, outcomes, reversals }: SettledEvents, source: string): BusinessEvent[] {
  const fresh = new Set(outcomes.flatMap(({ outcome, records }) => (outcome === 'captured' ? records : [])));
  const made = captured.flatMap(({ records }) => records).filter(({ eventId }) => fresh.has(eventId));
  const undone = reversals.map(({ of, event, eventId }) => {
    const record = { ...of.record, what: 'REVERSED', occurredAt: event.occurredAt.toISOString(), reason: event.reason };
    return eventOf({ eventId, record }, { source, reverses: of.eventId });
  });
  return [...made.map((one) => eventOf(one, { source, reverses: null })), ...undone];
}

function eventOf(
  { eventId, record }: MadeRecord,
  { source, reverses }: { readonly source: string; readonly reverses: MadeRecord['eventId'] | null },
): BusinessEvent {
  const { item, location, what, reason } = record;
  const fields = {
    ...{ eventId, source, occurredAt: new Date(record.occurredAt), sequence: null, reverses, location, reason },
    product: { scheme: 'GTIN' as const, value: item.gtin, supplierCode: null },
    ...{ lotNumber: item.lotNumber, serialNumber: item.serialNumber, expiryDate: item.expiryDate as LocalDate | null },
    ...{ quantity: new Decimal(item.quantity), unit: item.unit, performerRef: null },
  };
  const key = `${location.value}/${item.gtin}`;
  if (record.topic === 'consumption') {
    const kind = what as ConsumptionRecorded['kind'];
    return businessEvent(Topic.ClinicalConsumption, key, ConsumptionRecorded, { ...fields, kind, encounterRef: null });
  }
  const { toLocation, transferReference, documentReference } = record;
  const operation = what as StockOperationRecorded['operation'];
  const condition = operation === 'RECEIVED' ? (record.condition ?? null) : null;
  const temperatureLogReference = operation === 'RECEIVED' ? (record.temperatureLog ?? null) : null;
  const references = { transferReference, documentReference, temperatureLogReference };
  const more = { operation, toLocation, ...references, condition, expectedQuantity: null, approverRef: null };
  return businessEvent(Topic.WarehouseScan, key, StockOperationRecorded, { ...fields, ...more });
}

/** The system that the document says it comes from. */
function sourceOf(given: unknown): string {
  const sender = typeof given === 'object' && given !== null && 'sender' in given ? given.sender : undefined;
  return typeof sender === 'string' && sender.trim() !== '' ? sender.trim().slice(0, 200).toWellFormed() : 'epcis';
}
