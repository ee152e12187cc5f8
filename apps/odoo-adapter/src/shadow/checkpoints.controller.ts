import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { isEventId } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { allCheckpoints } from './checkpoint.store.js';
import { agreesSince, differencesOf, figuresOf } from './checkpoint-view.store.js';
import { CheckpointDecisions } from './checkpoint-decisions.js';

const wish = z.strictObject({
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(1_000),
});
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();
const rollBack = wish.extend({ at: moment });
const promote = rollBack.extend({ despite: z.boolean().optional() });
const flows = z.enum(['consumption', 'receipt', 'delivery', 'transfer', 'adjustment']);
const beginning = rollBack.extend({
  flow: flows,
  oldFlow: flows.optional().describe('What the old interface makes of it in Odoo; the same unless told.'),
  site: z.string().min(1).describe('Code of a location in Odoo; it and all below it.'),
  oldUserIds: z.array(z.number().int().positive()).min(1).describe("Odoo's ids of the old interface's users."),
  toleranceMinutes: z.number().int().min(2).max(4_320).default(60),
  agreeHours: z.number().int().min(0).max(2_160).default(336),
});

const count = z.number().int();
const checkpoint = z.object({
  checkpointId: z.uuid(),
  flow: z.string(),
  site: z.string(),
  oldFlow: z.string(),
  oldUserIds: z.array(count),
  toleranceMs: count,
  agreeMs: count,
  switches: z.array(z.object({ at: z.string(), mode: z.string(), by: z.string(), reason: z.string() })),
});
const shown = checkpoint.extend({
  agreesSince: z.string().nullable().describe('The first agreement since the last difference.'),
  found: z.object({
    open: z.object({ ours: count, theirs: count }),
    ...{ exact: count, day: count, differs: count, onlyOurs: count, onlyTheirs: count, postedHere: count },
  }),
  differences: z.array(z.record(z.string(), z.string().nullable())),
});
const id = z.object({ checkpointId: z.uuid() });
const refusals = { 404: 'there is no such checkpoint', 409: 'why it cannot be switched, and what to do' };

/** Who posts which flow at which site: shadow mode beside an old interface, handing over and back (ADR 0019). */
@Controller()
export class CheckpointsController {
  constructor(
    private readonly database: Database,
    private readonly decisions: CheckpointDecisions,
  ) {}

  @Get('checkpoints')
  @Describes({ summary: 'Who posts what, where', answer: z.object({ checkpoints: z.array(checkpoint) }) })
  async list() {
    return { checkpoints: await allCheckpoints(this.database) };
  }

  @Get('checkpoints/:checkpointId')
  @Describes({ summary: 'What the two interfaces agree on, and what not', params: id, answer: shown, refusals })
  async show(@Param('checkpointId') checkpointId: string) {
    const found = (await allCheckpoints(this.database)).find((each) => each.checkpointId === checkpointId);
    if (found === undefined) throw new NotFoundException(`there is no checkpoint ${checkpointId}`);
    const [figures, since, differences] = await Promise.all([
      figuresOf(this.database, checkpointId),
      agreesSince(this.database, checkpointId),
      differencesOf(this.database, checkpointId),
    ]);
    return { ...found, agreesSince: since, found: figures, differences };
  }

  @Post('checkpoints')
  @HttpCode(201)
  @Describes({ summary: 'Begin shadow mode for a flow at a site', body: beginning, answer: shown, refusals })
  async begin(@Body() body: unknown) {
    const {
      flow,
      oldFlow = flow,
      site,
      oldUserIds,
      toleranceMinutes,
      agreeHours,
      ...by
    } = parseRequest(beginning, body);
    const times = { toleranceMs: toleranceMinutes * 60_000, agreeMs: agreeHours * 3_600_000 };
    return this.show(await this.decisions.begin({ flow, site, oldFlow, oldUserIds, ...times }, by));
  }

  @Post('checkpoints/:checkpointId/promote')
  @HttpCode(200)
  @Describes({ summary: 'Wardline posts from a moment on', params: id, body: promote, answer: shown, refusals })
  async promote(@Param('checkpointId') checkpointId: string, @Body() body: unknown) {
    await this.decisions.switch(known(checkpointId), 'LIVE', parseRequest(promote, body));
    return this.show(checkpointId);
  }

  @Post('checkpoints/:checkpointId/roll-back')
  @HttpCode(200)
  @Describes({
    summary: 'The old interface posts from a moment on',
    params: id,
    body: rollBack,
    answer: shown,
    refusals,
  })
  async rollBack(@Param('checkpointId') checkpointId: string, @Body() body: unknown) {
    await this.decisions.switch(known(checkpointId), 'SHADOW', parseRequest(rollBack, body));
    return this.show(checkpointId);
  }

  @Post('postings/:eventId/post')
  @HttpCode(200)
  @Describes({
    ...{ summary: 'Wardline posts a movement that only it has', params: z.object({ eventId: z.uuid() }), body: wish },
    ...{ answer: z.object({ eventId: z.uuid() }), refusals: { 409: 'it is not one that only Wardline has' } },
  })
  async post(@Param('eventId') eventId: string, @Body() body: unknown) {
    if (!isEventId(eventId)) throw new NotFoundException(`there is no movement ${eventId}`);
    await this.decisions.post(eventId, parseRequest(wish, body));
    return { eventId };
  }
}

function known(checkpointId: string): string {
  if (!isEventId(checkpointId)) throw new NotFoundException(`there is no checkpoint ${checkpointId}`);
  return checkpointId;
}
