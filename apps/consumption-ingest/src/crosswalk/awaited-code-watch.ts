import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ExceptionRaised, ExceptionResolved, Topic } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Clock, type Log } from '@wardline/event-handling';
import { BackgroundLoop, Database, Outbox } from '@wardline/outbox';
import { CLOCK, LOG } from '@wardline/service-defaults';
import { awaitedCodes, type AwaitedCode } from './awaited-codes.js';
import { AwaitedCodeStore, type ToldCode } from './awaited-code.store.js';

const consumer = 'consumption-ingest';

/**
 * Raises one exception for each code that held records wait for, and resolves it when none waits any more, whichever way
 * the records went on. What it looks at is committed state, so a crash delays word and loses none.
 */
@Injectable()
export class AwaitedCodeWatch {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly codes: AwaitedCodeStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Compares what is awaited with what was told, and tells the difference. */
  async look(): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.codes.claim(tx))) return;
      const awaited = awaitedCodes(await this.codes.awaited(tx));
      const told = await this.codes.told(tx);
      const now = this.clock.now();
      const known = new Set(told.map(({ name }) => name));
      const waiting = new Set(awaited.map(({ name }) => name));
      const gone = told.filter(({ name }) => !waiting.has(name));
      const fresh = awaited
        .filter(({ name }) => !known.has(name))
        .map((code) => ({ code, told: { name: code.name, exceptionId: newEventId(now), raisedAt: now } }));
      this.codes.remove(tx, gone);
      this.codes.add(
        tx,
        fresh.map((one) => one.told),
      );
      await this.outbox.add(tx, [
        ...fresh.map(({ code, told: { exceptionId } }) => raised(code, exceptionId, now)),
        ...gone.map((code) => resolved(code, now)),
      ]);
    });
  }

  /** What is awaited, with how many records wait and the exception that tells of it; most records first. */
  async open(): Promise<readonly (Omit<AwaitedCode, 'first'> & { readonly exceptionId: string | null })[]> {
    return this.database.transaction(async (tx) => {
      const told = new Map((await this.codes.told(tx)).map(({ name, exceptionId }) => [name, exceptionId]));
      const awaited = awaitedCodes(await this.codes.awaited(tx));
      return awaited
        .map(({ first: _first, ...code }) => ({ ...code, exceptionId: told.get(code.name) ?? null }))
        .sort((one, other) => other.records - one.records || (one.name < other.name ? -1 : 1));
    });
  }
}

function raised(
  { code, message, owner, records, first }: AwaitedCode,
  exceptionId: ToldCode['exceptionId'],
  now: Date,
): BusinessEvent {
  const { topic, partition, offset, recordType, eventId, correlationId, attempts } = first;
  const event = businessEvent(Topic.OperationsException, exceptionId, ExceptionRaised, {
    ...{ exceptionId, occurredAt: now, consumer, topic, partition, offset: BigInt(offset), messageKey: null },
    ...{ recordType, messageEventId: eventId, exceptionClass: 'DATA', code, owner, attempts },
    message: records === 1 ? message : `${message} ${records} records wait for it so far.`,
  });
  return { ...event, cause: { eventId, correlationId } };
}

function resolved({ exceptionId }: ToldCode, now: Date): BusinessEvent {
  return businessEvent(Topic.OperationsException, exceptionId, ExceptionResolved, {
    ...{ exceptionId, occurredAt: now, consumer, outcome: 'DONE', by: null },
    reason: 'No record waits for it any more.',
  });
}

/** Pause between two looks, in milliseconds. */
const pauseMs = 5_000;

/** Looks again and again while the service runs. */
@Injectable()
export class AwaitedCodeRounds implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop: BackgroundLoop;

  constructor(watch: AwaitedCodeWatch, @Inject(LOG) log: Log) {
    this.#loop = new BackgroundLoop({
      work: () => watch.look().then(() => false),
      onError: ({ message }) => log.warn(`codes that are awaited could not be told yet: ${message}`),
      pollMs: pauseMs,
      pausesFirst: true,
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#loop.stop();
  }
}
