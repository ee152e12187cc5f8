import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { InterventionRefused, type ParkedFilter, type ParkedPage, type ParkedView } from '@wardline/outbox';
import { z } from 'zod';
import { ServiceStatus } from './service-status.js';

const name = z.string().trim().min(1).max(200);
const retryBody = z.object({ by: name });
const abandonBody = z.object({ by: name, reason: name });
const exceptionIdText = z.uuid();
const filterQuery = z.object({
  state: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
  owner: z.string().optional(),
  code: z.string().optional(),
  topic: z.string().optional(),
  key: z.string().optional(),
  after: z.string().regex(/^\d+$/).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
});

/** Parked messages of this service, and what a person decides about them. */
@Controller('parked')
export class ParkedController {
  constructor(private readonly status: ServiceStatus) {}

  @Get()
  list(@Query() query: unknown): Promise<ParkedPage> {
    return this.status.runtime.interventions.list(parse(filterQuery, query) as ParkedFilter);
  }

  @Get(':exceptionId')
  async show(@Param('exceptionId') exceptionId: string): Promise<ParkedView> {
    const parked = await this.status.runtime.interventions.show(parse(exceptionIdText, exceptionId));
    if (parked === null) throw new NotFoundException(`no parked message has the exception id ${exceptionId}`);
    return parked;
  }

  @Post(':exceptionId/retry')
  @HttpCode(202)
  async retry(
    @Param('exceptionId') exceptionId: string,
    @Body() body: unknown,
  ): Promise<{ exceptionId: string; state: string }> {
    const { by } = parse(retryBody, body);
    await decided(this.status.runtime.interventions.retry(parse(exceptionIdText, exceptionId), by));
    return { exceptionId, state: 'retrying' };
  }

  @Post(':exceptionId/abandon')
  @HttpCode(200)
  async abandon(
    @Param('exceptionId') exceptionId: string,
    @Body() body: unknown,
  ): Promise<{ exceptionId: string; state: string }> {
    const decision = parse(abandonBody, body);
    await decided(this.status.runtime.interventions.abandon(parse(exceptionIdText, exceptionId), decision));
    return { exceptionId, state: 'abandoned' };
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadRequestException(
    result.error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`).join('; '),
  );
}

async function decided(decision: Promise<void>): Promise<void> {
  try {
    await decision;
  } catch (error) {
    if (!(error instanceof InterventionRefused)) throw error;
    throw error.reason === 'NOT_FOUND' ? new NotFoundException(error.message) : new ConflictException(error.message);
  }
}
