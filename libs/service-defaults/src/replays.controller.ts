import { Body, Controller, Get, HttpCode, Param, Post, ServiceUnavailableException } from '@nestjs/common';
import { InterventionRefused, type ReplayReport } from '@wardline/outbox';
import { z } from 'zod';
import { decided, parseRequest, personName } from './asked.js';
import { Describes } from './openapi/describes.js';
import { ServiceStatus } from './service-status.js';

const offset = z
  .string()
  .regex(/^\d{1,18}$/, 'is no offset')
  .transform(BigInt);
const body = z.strictObject({
  topic: z.string().min(1),
  partition: z.number().int().min(0),
  from: offset,
  to: offset,
  by: personName,
  reason: z.string().trim().min(1).max(2_000),
  dryRun: z.boolean().default(false),
});

const settledPlace = z.object({ partition: z.int(), settled: z.string() });

/** Records that this service is given again. */
@Controller('replays')
export class ReplaysController {
  constructor(private readonly status: ServiceStatus) {}

  /** Up to which offset each partition of a topic may be given again. */
  @Get(':topic')
  @Describes({ summary: 'Up to which offset each partition may be given again', answer: z.array(settledPlace) })
  async settled(@Param('topic') topic: string): Promise<{ partition: number; settled: string }[]> {
    const places = await decided((async () => this.status.runtime.replays.settled(topic))());
    return [...places].map(([partition, settled]) => ({ partition, settled: String(settled) }));
  }

  @Post()
  @HttpCode(200)
  @Describes({
    ...{ summary: 'Give a range of a topic to this service again', body, answer: z.looseObject({}) },
    refusals: { 409: 'It cannot be done as things stand.', 503: 'Kafka or the database is away.' },
  })
  async give(@Body() asked: unknown): Promise<ReplayReport> {
    const request = parseRequest(body, asked);
    try {
      return await decided(this.status.runtime.replays.give(request));
    } catch (error) {
      if (error instanceof Error && isOutage(error))
        throw new ServiceUnavailableException(`nothing of this range was given: ${error.message}`);
      throw error;
    }
  }
}

// What is refused was turned into an answer before; the rest is away for now and may be asked again.
const isOutage = (error: Error): boolean => !(error instanceof InterventionRefused) && !('getStatus' in error);
