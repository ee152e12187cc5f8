import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Put, Query } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { CLOCK, Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { feedAnswer, gapAnswer, settingAnswer, shownFeed, shownGap } from './feed-answers.js';
import { FeedReadings } from './feed-readings.js';
import { feedSettingBody, personName, reasonText, type FeedSetting } from './feed-setting.js';
import { FeedSettingStore } from './feed-setting.store.js';
import { FeedViewStore } from './feed-view.store.js';

const limit = z.coerce.number().int().min(1).max(1_000).default(100);
const listQuery = z.strictObject({
  ...{ after: z.string().default(''), limit },
  trouble: z.enum(['SILENT', 'GAP', 'COUNTER_RESET']).nullable().default(null),
});
const source = z.string().trim().min(1).max(300);
const params = z.object({ source });
const gapParams = params.extend({ id: z.string().regex(/^\d{1,18}$/) });
const acceptance = z.strictObject({ by: personName, reason: reasonText });
const refusals = { 404: 'There is no such feed' };
const gaps = z.array(gapAnswer);
const mostGapsShown = 200;

/** Where records come from: whether each source speaks, what it has counted, what is missing, and what is expected of it. */
@Controller('feeds')
export class FeedController {
  constructor(
    private readonly database: Database,
    private readonly readings: FeedReadings,
    private readonly views: FeedViewStore,
  ) {}

  @Get()
  @Describes({
    ...{ summary: 'Every source in the order of their names: heard when, silent or not, gaps', query: listQuery },
    answer: z.object({ items: z.array(feedAnswer), next: z.string().nullable() }),
  })
  async list(@Query() query: unknown) {
    const asked = parseRequest(listQuery, query);
    const page = await this.readings.page(this.database, { ...asked, source: null });
    const isLast = page.length < asked.limit;
    return { items: page.map(shownFeed), next: isLast ? null : page.at(-1)!.standing.source };
  }

  @Get(':source')
  @Describes({ summary: 'A source, with its gaps', params, answer: feedAnswer.extend({ gaps }), refusals })
  async show(@Param('source') given: string) {
    const name = parseRequest(source, given);
    const [feed] = await this.readings.page(this.database, { source: name, trouble: null, after: '', limit: 1 });
    if (feed === undefined) throw new NotFoundException(noFeed(name));
    return { ...shownFeed(feed), gaps: (await this.views.gaps(this.database, name, mostGapsShown)).map(shownGap) };
  }
}

/** What people say of feeds. Every word keeps its author. */
@Controller('feeds')
export class FeedSettingController {
  constructor(
    private readonly database: Database,
    private readonly settings: FeedSettingStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Also of a source that was never heard: it is silent until it is. */
  @Put(':source')
  @Describes({
    ...{ summary: 'Says what is expected of a source, whose it is, until when it is muted', params },
    ...{ body: feedSettingBody, answer: settingAnswer },
  })
  async put(@Param('source') given: string, @Body() body: unknown): Promise<FeedSetting> {
    const name = parseRequest(source, given);
    const { by, mutedUntil, ...said } = parseRequest(feedSettingBody, body);
    const until = mutedUntil === null ? null : new Date(mutedUntil);
    const setting = { ...said, mutedUntil: until, changedBy: by, changedAt: this.clock.now() };
    await this.database.transaction(async (tx) => this.settings.append(tx, name, setting));
    return setting;
  }

  @Post(':source/gaps/:id/accept')
  @HttpCode(200)
  @Describes({
    ...{ summary: 'A person says that what is missing in a gap never existed', params: gapParams, body: acceptance },
    ...{ answer: z.object({ accepted: z.literal(true) }), refusals: { 404: 'There is no such gap that is open' } },
  })
  async accept(@Param('source') given: string, @Param('id') gap: string, @Body() body: unknown) {
    const { source: name, id } = parseRequest(gapParams, { source: given, id: gap });
    const said = { ...parseRequest(acceptance, body), source: name, id, at: this.clock.now() };
    const isClosed = await this.database.transaction((tx) => this.settings.acceptGap(tx, said));
    if (isClosed) return { accepted: true };
    throw new NotFoundException(
      `Feed ${name} has no open gap ${id}: it may have closed meanwhile. GET /feeds/${encodeURIComponent(name)} lists its gaps.`,
    );
  }
}

function noFeed(name: string): string {
  return `No source ${name} was heard, and nothing is expected of one. GET /feeds lists those that were.`;
}
