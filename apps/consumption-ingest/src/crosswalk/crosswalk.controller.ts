import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  NotFoundException,
  Param,
  Put,
  Query,
} from '@nestjs/common';
import type { Clock, Transaction } from '@wardline/event-handling';
import { Database, Parking } from '@wardline/outbox';
import { CLOCK, Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import {
  awaitedBy,
  crosswalkAnswer,
  crosswalkBody,
  crosswalkCode,
  crosswalkKind,
  crosswalkRemoval,
  entriesAt,
  type CrosswalkEntry,
} from './crosswalk.js';
import { CrosswalkStore, type CrosswalkQuery } from './crosswalk.store.js';

const params = z.object({ kind: crosswalkKind, code: z.string() });
const shown = z.object({ ...params.shape, entries: z.array(crosswalkAnswer), history: z.array(crosswalkAnswer) });
const changed = z.object({ entry: crosswalkAnswer, released: z.number().int() });
const refusals = { 404: 'There is no such entry.' };

/** What holds for a code now, and every change that led to it. */
export interface CrosswalkView extends CrosswalkQuery {
  readonly entries: readonly CrosswalkEntry[];
  readonly history: readonly CrosswalkEntry[];
}

/** An entry was written; `released` held records are being tried again. */
export interface CrosswalkChange {
  readonly entry: CrosswalkEntry;
  readonly released: number;
}

/** How master-data owners translate the codes of the outside world into Odoo's. Every change keeps its author. */
@Controller('crosswalk')
export class CrosswalkController {
  constructor(
    private readonly database: Database,
    private readonly crosswalk: CrosswalkStore,
    private readonly parking: Parking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':kind/:code')
  @Describes({ summary: 'What a code means now, and every change that led to it', params, answer: shown, refusals })
  async show(@Param('kind') kind: string, @Param('code') code: string): Promise<CrosswalkView> {
    const query = named(kind, code);
    return this.database.transaction(async (tx) => {
      const history = await this.crosswalk.versions(tx, [query]);
      if (history.length === 0)
        throw new NotFoundException(`The crosswalk has no entry for ${query.kind} ${query.code}.`);
      return { ...query, entries: entriesAt(history, this.clock.now()), history };
    });
  }

  @Put(':kind/:code')
  @Describes({ summary: 'Says what a code means', params, body: crosswalkBody, answer: changed })
  async put(@Param('kind') kind: string, @Param('code') code: string, @Body() body: unknown): Promise<CrosswalkChange> {
    const query = named(kind, code);
    const { by, ...entry } = parseRequest(crosswalkBody, body);
    fitting(query, entry);
    return this.database.transaction(async (tx) => {
      const written = await this.#write(tx, { ...query, ...entry, changedBy: by });
      return { entry: written, released: await this.parking.release(tx, awaitedBy(query.kind, query.code, code)) };
    });
  }

  @Delete(':kind/:code')
  @Describes({
    summary: 'Says that it means nothing',
    params,
    query: crosswalkRemoval,
    answer: crosswalkAnswer,
    refusals,
  })
  async remove(
    @Param('kind') kind: string,
    @Param('code') code: string,
    @Query() options: unknown,
  ): Promise<CrosswalkEntry> {
    const query = named(kind, code);
    const { by, ...scope } = parseRequest(crosswalkRemoval, options);
    fitting(query, { ...scope, unit: null });
    return this.database.transaction(async (tx) => {
      const versions = await this.crosswalk.versions(tx, [query]);
      const entries = entriesAt(versions, scope.validFrom ?? this.clock.now());
      if (!entries.some(({ source, productCode }) => source === scope.source && productCode === scope.productCode)) {
        throw new NotFoundException(
          `The crosswalk has no entry for ${query.kind} ${query.code} that could be removed.`,
        );
      }
      return this.#write(tx, { ...query, ...scope, target: null, unit: null, changedBy: by });
    });
  }

  async #write(tx: Transaction, change: Omit<CrosswalkEntry, 'changedAt'>): Promise<CrosswalkEntry> {
    const entry = { ...change, changedAt: this.clock.now() };
    await this.crosswalk.append(tx, entry);
    return entry;
  }
}

function named(rawKind: string, rawCode: string): CrosswalkQuery {
  const kind = parseRequest(crosswalkKind, rawKind.toUpperCase());
  const result = crosswalkCode(kind, rawCode);
  if ('problem' in result) throw new BadRequestException(result.problem);
  return { kind, code: result.code };
}

function fitting(
  { kind }: CrosswalkQuery,
  change: Pick<CrosswalkEntry, 'productCode' | 'unit' | 'validFrom' | 'validUntil'>,
): void {
  const { productCode, unit, validFrom, validUntil } = change;
  if (productCode !== null && kind !== 'UNIT')
    throw new BadRequestException('productCode: only an entry of kind UNIT can hold for one product');
  if (unit !== null && kind !== 'ITEM')
    throw new BadRequestException('unit: only an entry of kind ITEM says what one of its code counts');
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil)
    throw new BadRequestException('validUntil: is not after validFrom');
}
