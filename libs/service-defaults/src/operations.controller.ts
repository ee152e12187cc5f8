import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import type {
  ItemFilter,
  Operation,
  OperationFilter,
  OperationItemPage,
  OperationPage,
  Operations,
} from '@wardline/outbox';
import { z } from 'zod';
import { cursorText, decided, pageLimit, parseRequest, personName, statesText } from './asked.js';
import { Describes } from './openapi/describes.js';
import { notThereOrNotNow, operationAnswer, pageAnswer } from './openapi/platform-answers.js';
import { ServiceStatus } from './service-status.js';

const operationIdText = z.uuid();
const group = z.strictObject({ recordType: z.string().nullable(), class: z.string(), code: z.string() });
const actorBody = z.strictObject({ by: personName });
const requestBody = z.strictObject({
  action: z.enum(['retry', 'abandon']),
  snapshot: z.string().min(1).nullable().default(null),
  groups: z.array(group).max(1_000).nullable().default(null),
  exceptionIds: z.array(z.uuid()).max(2_000).nullable().default(null),
  by: personName,
  reason: z.string().trim().min(1).max(2_000).nullable().default(null),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
});
const operationsQuery = z.object({
  state: statesText.optional(),
  after: cursorText.optional(),
  limit: pageLimit.optional(),
});
const itemsQuery = z.object({
  outcome: z.enum(['planned', 'done', 'failed', 'skipped']).optional(),
  after: cursorText.optional(),
  limit: pageLimit.optional(),
});

const oneOperation = z.object({ operationId: operationIdText });
const one = (summary: string) => ({ summary, params: oneOperation, refusals: notThereOrNotNow });

/** Decisions about many parked messages at once, and what became of them. */
@Controller('operations')
export class OperationsController {
  constructor(private readonly status: ServiceStatus) {}

  @Post()
  @HttpCode(202)
  @Describes({ summary: 'Decide about many parked messages', body: requestBody, answer: operationAnswer })
  request(@Body() body: unknown): Promise<Operation> {
    const { by, ...request } = parseRequest(requestBody, body);
    return decided(this.#operations.request(request, { by, via: 'http' }));
  }

  @Post(':operationId/approve')
  @HttpCode(200)
  @Describes({ ...one('Approve it, as a second person'), body: actorBody, answer: operationAnswer })
  approve(@Param('operationId') operationId: string, @Body() body: unknown): Promise<Operation> {
    const { by } = parseRequest(actorBody, body);
    return decided(this.#operations.approve(parseRequest(operationIdText, operationId), { by, via: 'http' }));
  }

  @Post(':operationId/cancel')
  @HttpCode(200)
  @Describes({ ...one('Cancel what is left of it'), body: actorBody, answer: operationAnswer })
  cancel(@Param('operationId') operationId: string, @Body() body: unknown): Promise<Operation> {
    const { by } = parseRequest(actorBody, body);
    return decided(this.#operations.cancel(parseRequest(operationIdText, operationId), { by, via: 'http' }));
  }

  @Get()
  @Describes({ summary: 'Operations, the newest first', query: operationsQuery, answer: pageAnswer })
  list(@Query() query: unknown): Promise<OperationPage> {
    return this.#operations.list(parseRequest(operationsQuery, query) as OperationFilter);
  }

  @Get(':operationId')
  @Describes({ ...one('How far it is'), answer: operationAnswer })
  async show(@Param('operationId') operationId: string): Promise<Operation> {
    const operation = await this.#operations.show(parseRequest(operationIdText, operationId));
    if (operation === null) throw new NotFoundException(`no operation has the id ${operationId}`);
    return operation;
  }

  @Get(':operationId/items')
  @Describes({ ...one('What became of each message'), query: itemsQuery, answer: pageAnswer })
  async items(@Param('operationId') operationId: string, @Query() query: unknown): Promise<OperationItemPage> {
    const filter = parseRequest(itemsQuery, query) as ItemFilter;
    await this.show(operationId);
    return this.#operations.items(operationId, filter);
  }

  get #operations(): Operations {
    return this.status.runtime.interventions.operations;
  }
}
