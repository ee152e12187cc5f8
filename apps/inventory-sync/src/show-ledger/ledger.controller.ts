import { BadRequestException, Controller, Get, Query } from '@nestjs/common';
import { isEventId } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { Describes } from '@wardline/service-defaults';
import { z } from 'zod';
import { LedgerCheckStore, type LedgerDifference, type LedgerMark } from '../continuous-check/ledger-check.store.js';
import { balanceAnswer, checkAnswer, movementAnswer, pageOf } from './ledger-answers.js';
import { afterPosition, pageLimit } from './ledger-questions.js';
import {
  LedgerReadings,
  type BalanceKey,
  type BalanceReading,
  type LedgerCheck,
  type MovementReading,
} from './ledger-readings.store.js';

/** A page of a list; `next` is the `after` of the following page, null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const text = z.string().min(1).optional();
const cursor = z.string().transform((given, context): BalanceKey => readCursor(given) ?? refuse(context));

const balanceQuery = z.strictObject({
  location: text,
  product: text,
  lot: text,
  after: cursor.optional(),
  limit: pageLimit,
});
const movementQuery = z.strictObject({
  ...{ product: text, lot: text, location: text, limit: pageLimit },
  sourceEventId: z.string().refine(isEventId, 'must be the eventId of a consumption record, a UUID').optional(),
  after: afterPosition.optional(),
});

const checkQuery = z.strictObject({
  full: z
    .stringbool()
    .default(true)
    .describe('Add up the whole ledger now; false asks what the continuous check found.'),
});

/** What the continuous check found, and when. */
export type ContinuousCheckReading = Omit<LedgerMark, 'differences' | 'exceptionId'> & {
  readonly inBalance: boolean;
  readonly differences: readonly LedgerDifference[];
};

/** Shows balances and movements, and whether they agree (promise 6). */
@Controller()
export class LedgerController {
  constructor(
    private readonly readings: LedgerReadings,
    private readonly database: Database,
    private readonly checks: LedgerCheckStore,
  ) {}

  @Get('balances')
  @Describes({ summary: 'What is on hand', query: balanceQuery, answer: pageOf(balanceAnswer) })
  async balances(@Query() query: unknown): Promise<Page<BalanceReading>> {
    const asked = readQuery(balanceQuery, query);
    return page(await this.readings.balances(asked), asked.limit, cursorOf);
  }

  @Get('movements')
  @Describes({ summary: 'The ledger in order of position', query: movementQuery, answer: pageOf(movementAnswer) })
  async movements(@Query() query: unknown): Promise<Page<MovementReading>> {
    const asked = readQuery(movementQuery, query);
    return page(await this.readings.movements(asked), asked.limit, ({ position }) => position);
  }

  @Get('ledger/check')
  @Describes({
    ...{ summary: 'Whether every balance is the sum of its movements', query: checkQuery, answer: checkAnswer },
  })
  async check(
    @Query() query: unknown,
  ): Promise<Partial<LedgerCheck> & { consistent: boolean; continuous: ContinuousCheckReading }> {
    const { full } = readQuery(checkQuery, query);
    const [continuous, whole] = await Promise.all([this.#continuous(), full ? this.readings.check() : undefined]);
    return { consistent: continuous.inBalance, ...whole, continuous };
  }

  async #continuous(): Promise<ContinuousCheckReading> {
    const [{ exceptionId: _, ...mark }, differences] = await Promise.all([
      this.checks.mark(this.database),
      this.checks.differences(this.database, 100),
    ]);
    return { ...mark, inBalance: differences.length === 0, differences };
  }
}

function readQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  throw new BadRequestException(read.error.issues.map(({ path, message }) => [...path, message].join(': ')));
}

function page<T>(items: readonly T[], size: number, cursorAt: (last: T) => string): Page<T> {
  const last = items.at(-1);
  return { items, next: items.length < size || last === undefined ? null : cursorAt(last) };
}

function cursorOf({ location, productCode, lotNumber, serialNumber }: BalanceReading): string {
  return Buffer.from(JSON.stringify([location, productCode, lotNumber ?? '', serialNumber ?? ''])).toString(
    'base64url',
  );
}

function readCursor(given: string): BalanceKey | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(given, 'base64url').toString());
    return z.tuple([z.string(), z.string(), z.string(), z.string()]).safeParse(key).data;
  } catch {
    return undefined;
  }
}

function refuse(context: z.RefinementCtx): never {
  context.addIssue('must be the `next` of an earlier page, unchanged');
  return z.NEVER;
}
