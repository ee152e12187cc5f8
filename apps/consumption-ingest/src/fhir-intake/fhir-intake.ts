import { newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Issue, Reading } from '@wardline/fhir';
import type { Database, Outbox } from '@wardline/outbox';
import type { Pseudonym } from '../hl7-intake/pseudonym.js';
import type { FhirResourceStore, ResourceName } from './fhir-resource.store.js';
import { recordedItem, takenBack } from './recorded-stock.js';
import { meaningOf, revise, saidOf, type KnownResource, type Revision } from './revise-resource.js';

/** What the intake works with. */
export interface FhirIntakeParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly resources: FhirResourceStore;
  readonly pseudonym: Pseudonym;
  readonly clock: Clock;
}

/** What became of a resource. */
export interface Taken {
  readonly name: ResourceName | null;
  readonly versionId: string | null;
  /** `undone`: it was right, but another one of its transaction was not. */
  readonly outcome: 'created' | 'changed' | 'known' | 'refused' | 'conflict' | 'undone';
  readonly issues: readonly Issue[];
}

interface Decided {
  readonly reading: Reading;
  readonly name: ResourceName | null;
  readonly known: KnownResource | null;
  readonly revision: Revision | null;
  readonly issues: readonly Issue[];
}

/** What became of a resource, and the events of it. */
interface Settled {
  readonly taken: Taken;
  readonly events: readonly BusinessEvent[];
}

/**
 * Takes what mappings made of resources: each item becomes a record in the outbox, committed before the answer (promise 1).
 * The same version again has no second effect; a later version takes back what it says no more and records what it says
 * anew; one that was entered in error takes everything back (promise 3). What is refused is noted with its reasons.
 */
export class FhirIntake {
  constructor(private readonly parts: FhirIntakeParts) {}

  /** Takes resources all or none, in one commit. Throws what the database is away with: nothing was taken then. */
  take(source: string, readings: readonly Reading[]): Promise<Taken[]> {
    return this.parts.database.transaction(async (tx) => {
      const decided = await this.#decide(tx, source, readings);
      const whole = decided.every(({ revision }) => revision !== null && revision.kind !== 'conflict');
      const settled = decided.map((one) => this.#settle(tx, one, whole));
      // At once, so that the keys are locked in one order: two bundles must not wait for each other.
      await this.parts.outbox.add(
        tx,
        settled.flatMap(({ events }) => events),
      );
      return settled.map(({ taken }) => taken);
    });
  }

  /** Claims the resources in one order whatever the order of the bundle, so that two bundles never wait for each other. */
  async #decide(tx: Transaction, source: string, readings: readonly Reading[]): Promise<Decided[]> {
    const nameOf = ({ resourceType: type, id }: Reading): ResourceName | null =>
      id === null ? null : { source, type, id };
    const inOrder = [...readings.entries()].sort(([, one], [, other]) => (sortKey(one) < sortKey(other) ? -1 : 1));
    const decided: Decided[] = [];
    for (const [index, reading] of inOrder) {
      const name = nameOf(reading);
      const known = name === null ? null : await this.parts.resources.claim(tx, name, reading.mark.versionId);
      const sound = reading.issues.every(({ severity }) => severity !== 'error');
      const revision = name === null || !sound ? null : revise(known ?? unknown, reading);
      decided[index] = { reading, name, known, revision, issues: [...reading.issues, ...said(revision, reading)] };
    }
    return decided;
  }

  #settle(tx: Transaction, decided: Decided, whole: boolean): Settled {
    const { reading, name, known, revision, issues } = decided;
    const { versionId } = reading.mark;
    const end = (outcome: Taken['outcome'], events: readonly BusinessEvent[] = []): Settled => ({
      taken: { name, versionId, issues, outcome },
      events,
    });
    if (name === null) return end('refused');
    if (revision === null || revision.kind === 'conflict') {
      this.#note(tx, decided, name, 'refused', 0, null);
      return end(revision === null ? 'refused' : 'conflict');
    }
    if (!whole) return end('undone');
    if (versionId !== null) this.parts.resources.keepVersion(tx, name, versionId, meaningOf(reading));
    if (revision.kind !== 'change') {
      this.#note(tx, decided, name, 'taken', 0, null);
      return end('known');
    }
    this.#note(tx, decided, name, 'taken', reading.items.length, meaningOf(reading));
    const isNew = (known?.latest ?? null) === null;
    return end(isNew ? 'created' : 'changed', this.#record(tx, name, reading, revision));
  }

  #record(
    tx: Transaction,
    name: ResourceName,
    reading: Reading,
    { takeBack, record }: Extract<Revision, { kind: 'change' }>,
  ): BusinessEvent[] {
    const { resources, pseudonym, clock } = this.parts;
    const { source } = name;
    const reason = reading.enteredInError ? 'entered in error' : 'corrected by the source';
    const reversals = takeBack.map((item) => {
      const eventId = newEventId(clock.now());
      resources.takeBack(tx, item.eventId, eventId);
      return takenBack(item, { eventId, source, occurredAt: clock.now(), reason });
    });
    const records = record.map((item) => {
      const eventId = newEventId(clock.now());
      resources.keepItem(tx, name, { eventId, said: saidOf(item) });
      return recordedItem(item, eventId, { source, pseudonym });
    });
    return [...reversals, ...records];
  }

  #note(
    tx: Transaction,
    { reading, issues }: Decided,
    name: ResourceName,
    outcome: 'taken' | 'refused',
    records: number,
    meaning: Buffer | null,
  ): void {
    const { fhirVersion, status, mark } = reading;
    const receivedAt = this.parts.clock.now();
    this.parts.resources.note(tx, {
      ...name,
      fhirVersion,
      status,
      mark,
      meaning,
      outcome,
      records,
      issues,
      receivedAt,
    });
  }
}

const unknown: KnownResource = { latest: null, sameVersion: null, standing: [] };

const sortKey = ({ resourceType, id }: Reading): string => `${resourceType}/${id}`;

/** What the answer says of a revision, beside what the reading says. */
function said(revision: Revision | null, reading: Reading): Issue[] {
  if (revision === null) return [];
  const of = `${reading.resourceType}/${reading.id}`;
  if (revision.kind !== 'conflict')
    return [
      { severity: 'information', code: 'informational', owner: 'sender', diagnostics: effect(revision, of, reading) },
    ];
  return [
    {
      ...{ severity: 'error', code: 'conflict', owner: 'sender', expression: `${reading.resourceType}.meta.versionId` },
      diagnostics: `Version ${reading.mark.versionId} of ${of} was taken before and said otherwise. The sending system must give a changed resource a new versionId.`,
    },
  ];
}

function effect(
  revision: Exclude<Revision, { kind: 'conflict' }>,
  of: string,
  { enteredInError, items }: Reading,
): string {
  if (revision.kind !== 'change')
    return revision.kind === 'repeat'
      ? `This version of ${of} was taken before and has no second effect.`
      : `A later version of ${of} was taken before; this one changes nothing.`;
  const { takeBack, record } = revision;
  if (enteredInError && takeBack.length === 0)
    return `Nothing was recorded of ${of}, so nothing is taken back; versions before this one are passed over.`;
  if (record.length + takeBack.length === 0 && items.length > 0) return 'It says the same of the stock as before.';
  return `Recorded: ${record.length}; taken back: ${takeBack.length}.`;
}
