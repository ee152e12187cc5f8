import { createHash } from 'node:crypto';
import { newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { EventId } from '@wardline/event-contracts';
import {
  answerFailure,
  answersFor,
  answerUnreadable,
  encodeText,
  headerOf,
  outcomeOf,
  parseMessage,
  readByProfile,
  type AcknowledgementIdentity,
  type Finding,
  type Header,
  type Hl7Message,
  type Outcome,
  type ProposedConsumption,
  type Reading,
  type SenderProfile,
} from '@wardline/hl7v2';
import type { Database, Outbox } from '@wardline/outbox';
import type { Hl7MessageStore, NewItem } from './hl7-message.store.js';
import type { Pseudonym } from './pseudonym.js';
import { identityOf, meaningOf, recordedConsumption } from './recorded-consumption.js';

/** What the intake works with. */
export interface Hl7IntakeParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly messages: Hl7MessageStore;
  readonly profiles: readonly SenderProfile[];
  readonly pseudonym: Pseudonym;
  readonly clock: Clock;
}

/** A read message with its sender's profile. */
interface Received {
  readonly profile: SenderProfile;
  readonly header: Header;
  readonly digest: Buffer;
}

/**
 * Takes HL7 v2 messages of known senders: what a message tells becomes `ConsumptionRecorded`, committed before it is
 * acknowledged (promise 1). The same message again, and the same item in another message, have no second effect
 * (promise 3). A message with findings is refused whole: its sender repeats it once it or its profile is mended.
 */
export class Hl7Intake {
  constructor(private readonly parts: Hl7IntakeParts) {}

  /** The acknowledgements of a message. Throws what the database is away with: the message was then not taken. */
  async take(bytes: Buffer): Promise<Uint8Array[]> {
    const parsed = parseMessage(bytes, charsetOf(bytes, this.parts.profiles));
    if (!parsed.ok) {
      const { problem, header } = parsed;
      return [encodeText(answerUnreadable(problem, this.#identity(), header), header?.charset ?? 'ASCII')];
    }
    const { message } = parsed;
    const header = headerOf(message);
    const profile = this.parts.profiles.find(({ sender }) => isFrom(header, sender));
    if (profile === undefined) return this.#answers(message, [unknownSender(header)]);
    const reading = withoutWhatIsNotBuilt(readByProfile(profile, message));
    const digest = createHash('sha256').update(bytes).digest();
    const findings = await this.#settle({ profile, header, digest }, reading);
    return this.#answers(message, findings);
  }

  /** The answer to a message that could not be taken for a reason of ours. */
  failed(bytes: Buffer, reason: unknown): Uint8Array {
    return answerFailure(bytes, reason, this.#identity());
  }

  /** Commits what a message tells, or that it was refused; answers why it was. */
  #settle({ profile, header, digest }: Received, { records, findings: found }: Reading): Promise<readonly Finding[]> {
    const { database, messages, outbox, clock } = this.parts;
    const meaning = meaningOf(records);
    return database.transaction(async (tx) => {
      const known = await messages.claim(tx, profile.name, header.controlId);
      const before = known?.outcome === 'accepted' ? known : null;
      const isRepeat = before !== null && (before.digest.equals(digest) || before.meaning.equals(meaning));
      const objections = before === null ? found : isRepeat ? [] : [usedAgain(header)];
      const { findings, events } =
        isRepeat || objections.length > 0
          ? { findings: objections, events: [] }
          : await this.#take(tx, profile.name, header.controlId, records);
      messages.note(tx, {
        ...{ profile: profile.name, controlId: header.controlId, type: `${header.type}^${header.event}` },
        ...{ outcome: findings.length === 0 ? 'accepted' : 'refused', records: records.length, findings },
        ...{ digest, meaning, receivedAt: clock.now() },
      });
      await outbox.add(tx, events);
      return findings;
    });
  }

  /** The records of items that were not taken before; or what stands against taking them. */
  async #take(
    tx: Transaction,
    profile: string,
    controlId: string,
    records: readonly ProposedConsumption[],
  ): Promise<{ findings: readonly Finding[]; events: readonly BusinessEvent[] }> {
    const { messages, pseudonym, clock } = this.parts;
    const items = records.map((record) => ({
      ...identityOf(profile, controlId, record),
      ...{ record, item: record.item, meaning: meaningOf([record]), eventId: newEventId(clock.now()) },
    }));
    const { fresh, different } = await messages.take(tx, items);
    const taken = items.filter(({ eventId }) => fresh.has(eventId));
    const reversals = taken.flatMap(({ record }) => (record.reverses === null ? [] : [record.reverses]));
    const originals = await messages.originals(tx, profile, reversals);
    const findings = [
      ...different.map(saysOtherwise),
      ...taken.flatMap(({ record }) => reversalFindings(record, originals)),
    ];
    if (findings.length > 0) {
      messages.release(tx, taken);
      return { findings, events: [] };
    }
    const events = taken.map(({ record, eventId }) => {
      const reverses = record.reverses === null ? null : originals.get(record.reverses)![0]!;
      return recordedConsumption(record, { eventId, reverses }, { profile, pseudonym });
    });
    return { findings, events };
  }

  #answers(message: Hl7Message, findings: readonly Finding[]): Uint8Array[] {
    const outcome: Outcome = outcomeOf(findings);
    return answersFor(message, outcome, findings, this.#identity()).map((text) => encodeText(text, message.charset));
  }

  #identity(): AcknowledgementIdentity {
    const at = this.parts.clock.now();
    return { controlId: newEventId(at).replaceAll('-', '').slice(0, 20), at };
  }
}

const isFrom = ({ sender }: Header, { application, facility }: SenderProfile['sender']): boolean =>
  sender.application === application && sender.facility === facility;

/** What a sender really uses where its messages do not say it: its header has to be read to know who it is. */
function charsetOf(bytes: Buffer, profiles: readonly SenderProfile[]): Parameters<typeof parseMessage>[1] {
  const probe = parseMessage(bytes, { charset: '8859/1' });
  const header = probe.ok ? headerOf(probe.message) : undefined;
  const charset = header && profiles.find(({ sender }) => isFrom(header, sender))?.charset;
  return charset === undefined ? {} : { charset };
}

function unknownSender({ sender }: Header): Finding {
  const value = `${sender.application} / ${sender.facility}`;
  return {
    code: 103,
    owner: 'profile',
    path: 'MSH-3',
    value,
    message: `No sender profile is for ${value} (MSH-3, MSH-4). Whoever keeps the profiles must add one; then send it again.`,
  };
}

function usedAgain({ controlId }: Header): Finding {
  return {
    code: 205,
    owner: 'sender',
    path: 'MSH-10',
    value: controlId,
    message: `Another message with the control id ${controlId} was taken before. The sending system must number its messages anew.`,
  };
}

function saysOtherwise({ item, transaction }: NewItem): Finding {
  return {
    code: 205,
    owner: 'sender',
    item,
    value: transaction,
    message: `${item} has the number ${transaction}, which another item had that said otherwise. A correction takes the first one back and has a number of its own.`,
  };
}

/** Requisitions and movements of patients are read by profiles, and nobody here takes them yet: said so, not dropped. */
function withoutWhatIsNotBuilt(reading: Reading): Reading {
  const { requisitions, movements } = reading;
  if (requisitions.length + movements.length === 0) return reading;
  const what = requisitions.length > 0 ? 'Stock requisitions' : 'Movements of patients';
  const finding: Finding = {
    code: 200,
    owner: 'profile',
    path: 'MSH-9',
    message: `${what} are not taken in yet. Whoever keeps the profile should set this message to "nothing", or the sender should not send it here.`,
  };
  return { ...reading, findings: [...reading.findings, finding] };
}

function whatIsReversed(item: string): Finding {
  const message = `${item} takes something back and does not say what. Whoever keeps the profile must say where it stands ("reverses").`;
  return { code: 101, owner: 'profile', item, message };
}

function reversalFindings(
  { item, kind, reverses }: ProposedConsumption,
  originals: ReadonlyMap<string, readonly EventId[]>,
): Finding[] {
  if (kind === 'REVERSED' && reverses === null) return [whatIsReversed(item)];
  if (reverses === null) return [];
  const known = originals.get(reverses) ?? [];
  if (known.length === 1) return [];
  const message =
    known.length === 0
      ? `${item} takes back ${reverses}, which has not come. Send that first, then this one again.`
      : `${item} takes back ${reverses}, of which a part was used and a part was wasted. Whoever keeps the profile must say which one is meant.`;
  return [{ code: 204, owner: known.length === 0 ? 'sender' : 'profile', item, value: reverses, message }];
}
