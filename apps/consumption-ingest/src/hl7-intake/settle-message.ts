import { newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Finding, Header, Reading } from '@wardline/hl7v2';
import type { Database, Outbox } from '@wardline/outbox';
import type { EncounterMovementStore } from './encounter-movement.store.js';
import type { Hl7MessageStore } from './hl7-message.store.js';
import { saysOtherwise, takingBackFindings, usedAgain } from './intake-finding.js';
import { consumptionItem, meaningOf, requisitionItem, type IntakeItem } from './intake-item.js';
import { PlacesOfUse } from './place-of-use.js';
import type { Pseudonym } from './pseudonym.js';

/** What messages are settled with. */
export interface SettlementParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly messages: Hl7MessageStore;
  readonly movements: EncounterMovementStore;
  readonly pseudonym: Pseudonym;
  readonly clock: Clock;
}

/** A message that was read by its sender's profile. */
export interface ReadMessage {
  readonly profile: string;
  readonly header: Header;
  readonly digest: Buffer;
  readonly reading: Reading;
}

/** How long the movements of an encounter are kept after it left: longer than records may be late. */
const keptAfterLeavingMs = 90 * 24 * 60 * 60_000;

/** Commits what a message tells, whole, or that it was refused. */
export class MessageSettlement {
  readonly #places: PlacesOfUse;

  constructor(private readonly parts: SettlementParts) {
    this.#places = new PlacesOfUse(parts.movements, parts.pseudonym);
  }

  /** Answers what stood against taking the message; nothing when it was taken, now or before. */
  settle({ profile, header, digest, reading }: ReadMessage): Promise<readonly Finding[]> {
    const { database, messages, outbox, clock } = this.parts;
    const meaning = meaningOf(reading);
    return database.transaction(async (tx) => {
      const known = await messages.claim(tx, profile, header.controlId);
      const before = known?.outcome === 'accepted' ? known : null;
      const isRepeat = before !== null && (before.digest.equals(digest) || before.meaning.equals(meaning));
      const objections = before === null ? reading.findings : isRepeat ? [] : [usedAgain(header)];
      const { findings, events } =
        isRepeat || objections.length > 0
          ? { findings: objections, events: [] }
          : await this.#take(tx, profile, header.controlId, reading);
      const { records, requisitions, movements } = reading;
      messages.note(tx, {
        ...{ profile, controlId: header.controlId, type: `${header.type}^${header.event}`, digest, meaning, findings },
        outcome: findings.length === 0 ? 'accepted' : 'refused',
        ...{ records: records.length + requisitions.length + movements.length, receivedAt: clock.now() },
      });
      await outbox.add(tx, events);
      return findings;
    });
  }

  async #take(
    tx: Transaction,
    profile: string,
    controlId: string,
    { records, requisitions, movements }: Reading,
  ): Promise<{ findings: readonly Finding[]; events: readonly BusinessEvent[] }> {
    const { pseudonym, clock } = this.parts;
    const { placed, findings } = await this.#places.place(tx, records);
    if (findings.length > 0) return { findings, events: [] };
    const told = movements.map(({ encounter, event, location, occurredAt, recordedAt }) => ({
      ...{ encounter: pseudonym('enc', profile, encounter), event, ward: location },
      ...{ occurredAt: new Date(occurredAt), recordedAt: new Date(recordedAt) },
    }));
    this.parts.movements.add(tx, profile, told);
    if (told.length > 0) this.parts.movements.forget(tx, new Date(clock.now().getTime() - keptAfterLeavingMs));
    return this.#takeItems(tx, profile, [
      ...placed.map((record) => consumptionItem(record, { profile, controlId, pseudonym })),
      ...requisitions.map((wish) => requisitionItem(wish, { profile, controlId })),
    ]);
  }

  /** The events of items that were not taken before; or what stands against taking them. */
  async #takeItems(
    tx: Transaction,
    profile: string,
    named: readonly IntakeItem[],
  ): Promise<{ findings: readonly Finding[]; events: readonly BusinessEvent[] }> {
    const { messages, clock } = this.parts;
    const items = named.map((item) => ({ ...item, eventId: newEventId(clock.now()) }));
    const { fresh, different } = await messages.take(tx, items);
    const taken = items.filter(({ eventId }) => fresh.has(eventId));
    const originals = await messages.originals(tx, profile, taken);
    const findings = [...different.map(saysOtherwise), ...taken.flatMap((item) => takingBackFindings(item, originals))];
    if (findings.length > 0) {
      messages.release(tx, taken);
      return { findings, events: [] };
    }
    const events = taken.map(({ eventOf, eventId, takesBack }) => {
      const reverses = takesBack === null ? null : originals.get(takesBack.transaction!)![0]!;
      return eventOf({ eventId, reverses });
    });
    return { findings, events };
  }
}
