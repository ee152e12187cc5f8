import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import type { Operation, ParkedContent, ParkedFilter, ParkedGroups, ParkedPage, ParkedView } from '@wardline/outbox';
import { z } from 'zod';
import { cursorText, decided, pageLimit, parseRequest, personName, statesText } from './asked.js';
import { Describes } from './openapi/describes.js';
import {
  decidedAnswer,
  groupsAnswer,
  notThere,
  notThereOrNotNow,
  operationAnswer,
  pageAnswer,
  parkedAnswer,
} from './openapi/platform-answers.js';
import { ServiceStatus } from './service-status.js';

const retryBody = z.strictObject({ by: personName, force: z.boolean().default(false) });
const abandonBody = z.strictObject({ by: personName, reason: z.string().trim().min(1).max(2_000) });
const editBody = z.strictObject({
  by: personName,
  reason: z.string().trim().min(1).max(2_000),
  changes: z.record(z.string(), z.unknown()),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
});
const exceptionIdText = z.uuid();
const criteriaQuery = z.object({
  state: statesText.optional(),
  owner: z.string().optional(),
  code: z.string().optional(),
  class: z.string().optional(),
  topic: z.string().optional(),
  recordType: z.string().optional(),
  key: z.string().optional(),
});
const filterQuery = criteriaQuery.extend({ after: cursorText.optional(), limit: pageLimit.optional() });
const oneParked = z.object({ exceptionId: exceptionIdText });
const one = (summary: string) => ({ summary, params: oneParked, refusals: notThereOrNotNow });

/** What was decided about one parked message, and the operation that it is part of. */
interface Decided {
  readonly exceptionId: string;
  readonly state: string;
  readonly operationId: string;
}

/** Parked messages of this service, and what a person decides about one of them. */
@Controller('parked')
export class ParkedController {
  constructor(private readonly status: ServiceStatus) {}

  @Get()
  @Describes({ summary: 'Parked messages', query: filterQuery, answer: pageAnswer })
  list(@Query() query: unknown): Promise<ParkedPage> {
    return this.status.runtime.interventions.list(parseRequest(filterQuery, query) as ParkedFilter);
  }

  @Get('groups')
  @Describes({ summary: 'Parked messages by group', query: criteriaQuery, answer: groupsAnswer })
  groups(@Query() query: unknown): Promise<ParkedGroups> {
    return this.status.runtime.interventions.groups(parseRequest(criteriaQuery, query) as ParkedFilter);
  }

  @Get(':exceptionId')
  @Describes({ summary: 'One parked message', params: oneParked, answer: parkedAnswer, refusals: notThere })
  async show(@Param('exceptionId') exceptionId: string): Promise<ParkedView> {
    const parked = await this.status.runtime.interventions.show(parseRequest(exceptionIdText, exceptionId));
    if (parked === null) throw new NotFoundException(`no parked message has the exception id ${exceptionId}`);
    return parked;
  }

  @Get(':exceptionId/content')
  @Describes({ summary: 'What it says', params: oneParked, answer: parkedAnswer, refusals: notThereOrNotNow })
  content(@Param('exceptionId') exceptionId: string): Promise<ParkedContent> {
    return decided(this.status.runtime.interventions.content(parseRequest(exceptionIdText, exceptionId)));
  }

  @Post(':exceptionId/edit')
  @HttpCode(202)
  @Describes({ ...one('Correct it and try it again'), body: editBody, answer: operationAnswer })
  edit(@Param('exceptionId') id: string, @Body() body: unknown): Promise<Operation> {
    const exceptionId = parseRequest(exceptionIdText, id);
    const { by, ...edit } = parseRequest(editBody, body);
    return decided(this.status.runtime.interventions.edit({ exceptionId, ...edit }, { by, via: 'http' }));
  }

  @Post(':exceptionId/retry')
  @HttpCode(202)
  @Describes({ ...one('Try it again'), body: retryBody, answer: decidedAnswer })
  async retry(@Param('exceptionId') exceptionId: string, @Body() body: unknown): Promise<Decided> {
    const { by, force } = parseRequest(retryBody, body);
    const { interventions } = this.status.runtime;
    const { operationId } = await decided(interventions.retry(parseRequest(exceptionIdText, exceptionId), by, force));
    return { exceptionId, state: 'retrying', operationId };
  }

  @Post(':exceptionId/abandon')
  @HttpCode(200)
  @Describes({ ...one('Give it up, with a reason'), body: abandonBody, answer: decidedAnswer })
  async abandon(@Param('exceptionId') exceptionId: string, @Body() body: unknown): Promise<Decided> {
    const decision = parseRequest(abandonBody, body);
    const { interventions } = this.status.runtime;
    const { operationId } = await decided(interventions.abandon(parseRequest(exceptionIdText, exceptionId), decision));
    return { exceptionId, state: 'abandoned', operationId };
  }
}
