import type { Hl7Message } from '../message/message.js';
import type { ErrorCode } from '../message/problem.js';
import { fixedByProfile, type LookUp, lookUp, senderName } from './look-up.js';
import type { SenderProfile, Source } from './profile.js';
import type { Finding, Origins, Owner, PassedOver } from './reading.js';
import type { ItemScope } from './scope.js';

/** Most findings that are listed for one message; a person reads no more, and a hostile message can cause no more. */
const mostFindings = 200;

/** Longest value that is taken: more than any code, lot or reason needs. */
const longestValue = 500;

/** What is found out while a message is read. */
export interface Notes {
  readonly findings: Finding[];
  readonly passedOver: PassedOver[];
  readonly read: Set<string>;
}

/** A value and the place it came from. */
export interface Found {
  readonly text: string;
  readonly at: string;
  readonly repetitions: number;
}

/** Reads the values of one item, remembers where each came from, and says in words what is missing. */
export class ItemReader {
  private readonly origin: Record<string, string> = {};

  constructor(
    readonly profile: SenderProfile,
    private readonly message: Hl7Message,
    readonly scope: ItemScope,
    private readonly notes: Notes,
  ) {}

  /** Where the values read so far came from. */
  get origins(): Origins {
    return { ...this.origin };
  }

  /** A value that may be missing; one that its code table does not have is a finding. */
  optional(field: string, source: Source | undefined): Found | undefined {
    if (source === undefined) return undefined;
    const found = this.see(source);
    if (found.state === 'unmapped') {
      this.notInTable(field, found.text, found.at);
      return undefined;
    }
    if (found.state !== 'value') return undefined;
    if (found.text.length > longestValue) {
      const sentence = `the ${words(field)} in ${found.at} is ${found.text.length} characters long; ${longestValue} are taken. ${this.senderMust('correct it')}`;
      this.find(102, 'sender', sentence, found.at);
      return undefined;
    }
    this.origin[field] = found.at;
    return found;
  }

  /** A value without which there is no record; its absence is a finding. */
  mandatory(field: string, source: Source): Found | undefined {
    const found = this.see(source);
    if (found.state === 'value' || found.state === 'unmapped') return this.optional(field, source);
    const how = found.state === 'null' ? 'explicitly empty ("")' : 'missing';
    this.find(
      101,
      'sender',
      `the ${words(field)} is ${how}. It was expected in ${found.expected}. ${this.senderMust('send it')}`,
      found.expected,
    );
    return undefined;
  }

  /** What a source holds, without a word about it. */
  see(source: Source): LookUp {
    const found = lookUp(source, this.scope, this.message);
    if ('at' in found && found.at !== fixedByProfile) this.notes.read.add(found.at);
    return found;
  }

  /** Says where a value came from that was not read by `optional` or `mandatory`. */
  remember(field: string, at: string): void {
    this.origin[field] = at;
  }

  /** A finding about this item. */
  find(code: ErrorCode, owner: Owner, sentence: string, path?: string, value?: string): void {
    if (this.notes.findings.length >= mostFindings) return;
    this.notes.findings.push({
      code,
      owner,
      item: this.scope.name,
      message: `${this.scope.name}: ${sentence}`,
      ...(path === undefined ? {} : { path }),
      ...(value === undefined ? {} : { value }),
    });
  }

  /** Notes that the item is knowingly not taken. */
  passOver(because: string): void {
    this.notes.passedOver.push({ item: this.scope.name, because });
  }

  /** The sentence about whose job it is, when it is the sender's. */
  senderMust(what: string): string {
    return `The team of ${senderName(this.message)} must ${what}.`;
  }

  private notInTable(field: string, value: string, at: string): void {
    const sentence =
      `${at} says ${JSON.stringify(value)} for the ${words(field)}, which is not in the code table of profile ` +
      `${this.profile.name}. Whoever keeps the profile must add it.`;
    this.find(103, 'profile', sentence, at, value);
  }
}

/** A field's name as a person says it: `lotNumber` becomes `lot number`. */
export function words(field: string): string {
  const special: Record<string, string> = {
    occurredAt: 'time',
    recordedAt: 'time of recording',
    reverses: 'reference to the item that is taken back',
    transaction: 'identity of the transaction',
    deliverTo: 'place to deliver to',
  };
  return special[field] ?? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
