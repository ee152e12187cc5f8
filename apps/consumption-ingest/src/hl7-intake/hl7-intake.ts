import { createHash } from 'node:crypto';
import { newEventId, type Clock } from '@wardline/event-handling';
import {
  acknowledgeBatch,
  answerFailure,
  answersFor,
  answerUnreadable,
  encodeText,
  headerOf,
  isBatch,
  outcomeOf,
  parseBatch,
  parseMessage,
  readByProfile,
  type AcknowledgementIdentity,
  type BatchFile,
  type Header,
  type Hl7Message,
  type Problem,
  type SenderProfile,
} from '@wardline/hl7v2';
import { unknownSender } from './intake-finding.js';
import type { MessageSettlement } from './settle-message.js';

/** Told why a message of a batch could not be taken for a reason of ours. */
export type NotTaken = (reason: unknown) => void;

/**
 * Takes HL7 v2 messages of known senders: what a message tells becomes events, committed before it is acknowledged
 * (promise 1). The same message again, and the same item in another message, have no second effect (promise 3). A message
 * with findings is refused whole: its sender repeats it once it or its profile is mended. A batch is its messages, each
 * settled as if it had come alone, unless it does not hold what it says it holds: then nothing of it is taken.
 */
export class Hl7Intake {
  constructor(
    private readonly settlement: MessageSettlement,
    private readonly profiles: readonly SenderProfile[],
    private readonly clock: Clock,
  ) {}

  /** The acknowledgements of a frame. Throws what the database is away with where the frame is one message. */
  take(bytes: Buffer, notTaken: NotTaken = () => undefined): Promise<Uint8Array[]> {
    return isBatch(bytes) ? this.#takeBatch(parseBatch(bytes), notTaken) : this.#takeMessage(bytes);
  }

  /** The answer to a message that could not be taken for a reason of ours. */
  failed(bytes: Buffer, reason: unknown): Uint8Array {
    return answerFailure(bytes, reason, this.#identity());
  }

  async #takeBatch(file: BatchFile, notTaken: NotTaken): Promise<Uint8Array[]> {
    const answers: Uint8Array[][] = [];
    for (const { messages } of file.batches) {
      const ofBatch: Uint8Array[] = [];
      answers.push(ofBatch);
      for (const message of messages)
        ofBatch.push(
          ...(file.problems.length > 0
            ? this.#refuse(message, file.problems)
            : await this.#takeOfBatch(message, notTaken)),
        );
    }
    if (file.problems.length > 0 && answers.flat().length === 0) {
      // Nothing in it can be answered for itself, and silence would pass for consent.
      const said = file.problems.map((problem) => this.#unreadable(problem));
      if (answers.length === 0) answers.push(said);
      else answers[0]!.push(...said);
    }
    return [acknowledgeBatch(file, answers, this.#identity())];
  }

  /** As one message alone, but that a fault of ours is answered here: the others of the batch go on. */
  async #takeOfBatch(bytes: Buffer, notTaken: NotTaken): Promise<Uint8Array[]> {
    try {
      return await this.#takeMessage(bytes);
    } catch (reason) {
      notTaken(reason);
      return [this.failed(bytes, reason)];
    }
  }

  #refuse(bytes: Buffer, problems: readonly Problem[]): Uint8Array[] {
    const parsed = parseMessage(bytes, charsetOf(bytes, this.profiles));
    return parsed.ok ? this.#answers(parsed.message, problems) : [this.#unreadable(parsed.problem, parsed.header)];
  }

  async #takeMessage(bytes: Buffer): Promise<Uint8Array[]> {
    const parsed = parseMessage(bytes, charsetOf(bytes, this.profiles));
    if (!parsed.ok) return [this.#unreadable(parsed.problem, parsed.header)];
    const { message } = parsed;
    const header = headerOf(message);
    const profile = this.profiles.find(({ sender }) => isFrom(header, sender));
    if (profile === undefined) return this.#answers(message, [unknownSender(header)]);
    const digest = createHash('sha256').update(bytes).digest();
    const reading = readByProfile(profile, message);
    const findings = await this.settlement.settle({ profile: profile.name, header, digest, reading });
    return this.#answers(message, findings);
  }

  #answers(message: Hl7Message, problems: readonly Problem[]): Uint8Array[] {
    const texts = answersFor(message, outcomeOf(problems), problems, this.#identity());
    return texts.map((text) => encodeText(text, message.charset));
  }

  #unreadable(problem: Problem, header?: Hl7Message): Uint8Array {
    return encodeText(answerUnreadable(problem, this.#identity(), header), header?.charset ?? 'ASCII');
  }

  #identity(): AcknowledgementIdentity {
    const at = this.clock.now();
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
