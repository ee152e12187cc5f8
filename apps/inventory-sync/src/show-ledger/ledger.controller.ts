import { BadRequestException, Controller, Get, Query } from '@nestjs/common';
import { isEventId } from '@wardline/event-handling';
import { z } from 'zod';
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
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const cursor = z.string().transform((given, context): BalanceKey => readCursor(given) ?? refuse(context));

const balanceQuery = z.strictObject({ location: text, product: text, lot: text, after: cursor.optional(), limit });
const movementQuery = z.strictObject({
  ...{ product: text, lot: text, location: text, limit },
  sourceEventId: z.string().refine(isEventId, 'must be the eventId of a consumption record, a UUID').optional(),
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'must be a ledger position, a whole number')
    .optional(),
});

/** Shows balances and movements, and whether they agree (promise 6). */
@Controller()
export class LedgerController {
  constructor(private readonly readings: LedgerReadings) {}

  @Get('balances')
  async balances(@Query() query: unknown): Promise<Page<BalanceReading>> {
    const asked = readQuery(balanceQuery, query);
    return page(await this.readings.balances(asked), asked.limit, cursorOf);
  }

  @Get('movements')
  async movements(@Query() query: unknown): Promise<Page<MovementReading>> {
    const asked = readQuery(movementQuery, query);
    return page(await this.readings.movements(asked), asked.limit, ({ position }) => position);
  }

  @Get('ledger/check')
  async check(): Promise<LedgerCheck> {
    return this.readings.check();
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
