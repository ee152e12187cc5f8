import { BadRequestException, Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { isEventId } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { z } from 'zod';
import { postingStates } from '../posting/posting.js';
import { listPostings, showPosting } from './posting-view.store.js';

const filter = z.object({
  state: z.enum(postingStates).optional(),
  sourceEventId: z.string().refine(isEventId, 'must be the eventId of a StockMoved, a UUID').optional(),
  after: z.coerce.bigint().default(0n),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** What became of each movement in Odoo. */
@Controller('postings')
export class PostingsController {
  constructor(private readonly database: Database) {}

  /** `GET /postings?state=&sourceEventId=&after=&limit=`, in order. */
  @Get()
  async list(@Query() query: Record<string, string>) {
    const wanted = filter.safeParse(query);
    if (!wanted.success)
      throw new BadRequestException(wanted.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
    const { after, limit, state, sourceEventId } = wanted.data;
    return listPostings(this.database, {
      after,
      limit,
      ...(state === undefined ? {} : { state }),
      ...(sourceEventId === undefined ? {} : { sourceEventId }),
    });
  }

  /** `GET /postings/<eventId of the movement>`: its document, the events that share it, its attempts. */
  @Get(':eventId')
  async show(@Param('eventId') eventId: string) {
    const posting = isEventId(eventId) ? await showPosting(this.database, eventId) : null;
    if (posting === null) throw new NotFoundException(`no movement ${eventId} was taken for posting`);
    return posting;
  }
}
