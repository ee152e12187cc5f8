import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import type { FileFeed } from './feed.js';
import { FileRowStore, FileStore, type FileEntry } from './file.store.js';
import { FILE_SETTINGS, type FileSettings } from './file-settings.js';
import { previewFile, type FilePreview } from './preview-file.js';
import type { RowOutcome } from './settle-rows.js';

const id = z.string().regex(/^\d{1,18}$/);
const limit = z.coerce.number().int().min(1).max(1_000).default(100);
const listQuery = z.strictObject({
  feed: z.string().nullable().default(null),
  state: z.enum(['taking', 'taken', 'repeated', 'refused']).nullable().default(null),
  before: id.nullable().default(null),
  limit,
});
const rowsQuery = z.strictObject({
  outcome: z.enum(['taken', 'repeated', 'refused']).nullable().default(null),
  after: z.coerce.number().int().min(0).default(0),
  limit,
});
const problem = z.object({ code: z.string(), message: z.string(), remedy: z.string(), owner: z.string() }).nullable();
const settledRow = z.object({ row: z.number(), line: z.number(), rowId: z.string().nullable(), problem });
const rowAnswer = settledRow.extend({
  outcome: z.enum(['taken', 'repeated', 'refused']),
  eventId: z.uuid().nullable(),
});
const counted = z.object({ taken: z.number(), repeated: z.number(), refused: z.number() });
const fileAnswer = counted.extend({
  ...{ id, feed: z.string(), name: z.string(), digest: z.string(), bytes: z.number(), problem },
  ...{ state: z.enum(['taking', 'taken', 'repeated', 'refused']), nextRow: z.number(), repeats: id.nullable() },
  ...{ receivedAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable(), filedAt: z.iso.datetime().nullable() },
});
const noFeed = { 404: 'There is no such feed' };
const previewBody = z.strictObject({ feed: z.string(), text: z.string().max(1_000_000) });
const previewAnswer = z.object({ problem, count: z.number(), rows: z.array(z.looseObject({ row: z.number() })) });

/** Which files came and what became of them, and what a file would become. */
@Controller('files')
export class FileController {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly rows: FileRowStore,
    @Inject(FILE_SETTINGS) private readonly settings: FileSettings | null,
  ) {}

  @Get()
  @Describes({ summary: 'Files that came, with counts', query: listQuery, answer: z.array(fileAnswer) })
  list(@Query() query: unknown): Promise<FileEntry[]> {
    const asked = parseRequest(listQuery, query);
    return this.database.transaction((tx) => this.files.list(tx, asked));
  }

  @Get('feeds')
  @Describes({ summary: 'The feeds', answer: z.array(z.looseObject({ name: z.string() })) })
  feeds(): readonly FileFeed[] {
    return this.settings?.feeds ?? [];
  }

  /** What became of its rows: what the receipt says, a page at a time. */
  @Get(':id/rows')
  @Describes({
    ...{ summary: 'What became of the rows of a file', params: z.object({ id }), query: rowsQuery },
    ...{ answer: z.array(rowAnswer), refusals: { 404: 'There is no such file' } },
  })
  rowsOf(@Param('id') given: string, @Query() query: unknown): Promise<RowOutcome[]> {
    const [file, asked] = [parseRequest(id, given), parseRequest(rowsQuery, query)];
    return this.database.transaction(async (tx) => {
      const entry = await this.files.find(tx, file);
      if (entry === null) throw new NotFoundException(`There is no file ${file}; GET /files lists those that came.`);
      return this.rows.of(tx, entry.repeats ?? file, asked);
    });
  }

  /** Nothing is kept and nothing sent: for whoever writes a feed. */
  @Post('preview')
  @HttpCode(200)
  @Describes({ summary: 'What a file would become', body: previewBody, answer: previewAnswer, refusals: noFeed })
  preview(@Body() body: unknown): Promise<FilePreview> {
    const { feed: name, text } = parseRequest(previewBody, body);
    const feed = this.feeds().find((one) => one.name === name);
    if (feed !== undefined) return previewFile(feed, text);
    const names = this.feeds().map((one) => one.name);
    const there = names.length === 0 ? 'is none: FILE_FEEDS is not set' : `are ${names.join(', ')}`;
    throw new NotFoundException(`There is no feed ${name}; there ${there}.`);
  }
}
