import type { ServerResponse } from 'node:http';
import { Controller, Get, Inject, Query, Res, UseFilters } from '@nestjs/common';
import { identify, objectEvent, queryDocument } from '@wardline/epcis';
import type { Clock } from '@wardline/event-handling';
import { CLOCK, Describes, ProblemDocument, ProblemDocuments } from '@wardline/service-defaults';
import { z } from 'zod';
import { afterPosition, moment } from '../show-ledger/ledger-questions.js';
import { movementEvent } from './movement-event.js';
import { ToldMovements, type ToldQuery } from './told-movements.store.js';

/** Token of the Global Location Number under which places are named; undefined where the hospital gives none. */
export const EPCIS_GLN = Symbol('EPCIS_GLN');

const item = z.string().transform((uri, context) => {
  const found = identify(uri, '2000-01-01');
  if (found.type === 'item') return found;
  context.addIssue('must be one trade item, as a GS1 Digital Link or an EPC URI');
  return z.NEVER;
});
const query = z.strictObject({
  GE_recordTime: moment.describe('Learned of at this time or later.').optional(),
  LT_recordTime: moment.optional(),
  GE_eventTime: moment.describe('Happened at this time or later.').optional(),
  LT_eventTime: moment.optional(),
  EQ_eventID: z
    .string()
    .regex(/^urn:uuid:[0-9a-f-]{36}$/, 'must be one of ours, urn:uuid:...')
    .optional(),
  MATCH_anyEPC: item.describe('A piece, by GTIN and serial number.').optional(),
  MATCH_anyEPCClass: item.describe('A product or a lot of it, by GTIN and lot number.').optional(),
  perPage: z.coerce.number().int().min(1).max(1_000).default(30),
  nextPageToken: afterPosition.default('0'),
});
const document = z.looseObject({ type: z.literal('EPCISQueryDocument') });

/** Tells trading partners and traceability systems what the ledger knows, as EPCIS 2.0 events (REST bindings, `/events`). */
@Controller('epcis/events')
@UseFilters(ProblemDocuments)
export class EpcisQueryController {
  constructor(
    private readonly movements: ToldMovements,
    @Inject(EPCIS_GLN) private readonly gln: string | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order of the ledger; the next page is in the header Link, until none is left. */
  @Get()
  @Describes({ summary: 'The movements of the ledger as EPCIS 2.0 events', query, answer: document })
  async events(@Query() asked: unknown, @Res({ passthrough: true }) response: ServerResponse): Promise<object> {
    const read = query.safeParse(asked);
    if (!read.success) throw refused(issuesOf(read.error));
    if (read.data.MATCH_anyEPC && read.data.MATCH_anyEPCClass)
      throw refused('MATCH_anyEPC, MATCH_anyEPCClass: give one of them');
    const found = await this.movements.read(toldQuery(read.data));
    const last = found.at(-1);
    response.setHeader('GS1-EPCIS-Version', '2.0.0');
    response.setHeader('GS1-CBV-Version', '2.0.0');
    if (last !== undefined && found.length === read.data.perPage)
      response.setHeader('Link', `<${nextPage(asked as Record<string, string>, last.position)}>; rel="next"`);
    return queryDocument(
      found.map((movement) => objectEvent(movementEvent(movement, this.gln))),
      this.clock.now(),
    );
  }
}

function toldQuery(asked: z.output<typeof query>): ToldQuery {
  const { MATCH_anyEPC: piece, MATCH_anyEPCClass: kind = piece } = asked;
  return {
    ...{ recordedFrom: asked.GE_recordTime ?? null, recordedTo: asked.LT_recordTime ?? null },
    ...{ occurredFrom: asked.GE_eventTime ?? null, occurredTo: asked.LT_eventTime ?? null },
    eventId: asked.EQ_eventID?.slice('urn:uuid:'.length) ?? null,
    ...{ gtin: kind?.gtin ?? null, lot: kind?.serialNumber ?? kind?.lotNumber ?? null },
    ...{ after: asked.nextPageToken, limit: asked.perPage },
  };
}

function nextPage(asked: Readonly<Record<string, string>>, position: string): string {
  return `/epcis/events?${new URLSearchParams({ ...asked, nextPageToken: position }).toString()}`;
}

function issuesOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
}

/** What is not known here is refused by the name that the standard gives it: a condition that is ignored answers too much. */
function refused(why: string): ProblemDocument {
  const detail = `${why}. Known are ${Object.keys(query.shape).join(', ')}.`;
  const type = 'epcisException:QueryParameterException';
  return new ProblemDocument({ type, title: 'EPCIS query exception', status: 400, detail });
}
