import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, HttpCode, Options, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { Describes, parseRequest, ProblemDocuments } from '@wardline/service-defaults';
import { z } from 'zod';
import { CaptureStore, problemsOf, type CaptureJob, type ErrorBehaviour } from './capture.store.js';
import { EpcisIntake, mostEvents } from './epcis-intake.js';
import { EpcisException } from './epcis-exception.js';
import { bodyOf, mostBytes, type CaptureRequest } from './request-body.js';

const listQuery = z.object({
  perPage: z.coerce.number().int().min(1).max(1_000).default(30),
  before: z.uuid().nullable().default(null),
});

const documentBody = z.looseObject({ type: z.enum(['EPCISDocument', 'EPCISQueryDocument']) });
const jobAnswer = z.object({
  ...{ captureID: z.uuid(), createdAt: z.iso.datetime(), finishedAt: z.iso.datetime(), running: z.boolean() },
  ...{ success: z.boolean(), captureErrorBehaviour: z.enum(['rollback', 'proceed']) },
  errors: z.array(z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() })),
  events: z.array(z.looseObject({ eventID: z.string().nullable(), outcome: z.string() })),
});

/** The capture interface of EPCIS 2.0 (section 12.6; REST bindings, `/capture`). */
@Controller('epcis/capture')
@UseFilters(ProblemDocuments)
export class CaptureController {
  constructor(
    private readonly database: Database,
    private readonly captures: CaptureStore,
    private readonly intake: EpcisIntake,
  ) {}

  @Options()
  @HttpCode(204)
  settings(@Res({ passthrough: true }) response: ServerResponse): void {
    setVersions(response);
    response.setHeader('Allow', 'OPTIONS, POST, GET');
    response.setHeader('GS1-Capture-Error-Behaviour', 'all');
    response.setHeader('GS1-EPCIS-Capture-Limit', String(mostEvents));
    response.setHeader('GS1-EPCIS-Capture-File-Size-Limit', String(mostBytes));
  }

  @Post()
  @HttpCode(202)
  @Describes({
    ...{ summary: 'Captures EPCIS 2.0 events; the job is in Location', body: documentBody, answer: z.never() },
    refusals: { 413: 'More than 1,000 events', 415: 'No JSON' },
  })
  async capture(@Req() request: CaptureRequest, @Res({ passthrough: true }) response: ServerResponse): Promise<void> {
    const job = await this.intake.capture(await bodyOf(request), behaviourOf(request));
    if ('problem' in job) throw new EpcisException('ValidationException', job.problem);
    if ('tooMany' in job)
      throw new EpcisException(
        'CaptureLimitExceededException',
        `The document has ${job.tooMany} events; send at most ${mostEvents} at a time.`,
      );
    setVersions(response);
    response.setHeader('Location', `/epcis/capture/${job.id}`);
  }

  @Get()
  @Describes({ summary: 'Capture jobs', query: listQuery, answer: z.array(jobAnswer) })
  async list(@Query() query: unknown): Promise<object[]> {
    const { perPage: limit, before } = parseRequest(listQuery, query);
    const jobs = await this.database.transaction((tx) => this.captures.list(tx, { before, limit }));
    return jobs.map(jobDocument);
  }

  @Get(':id')
  @Describes({ summary: 'A capture job', answer: jobAnswer, refusals: { 404: 'There is no such job' } })
  async show(@Param('id') id: string): Promise<object> {
    const known = z.uuid().safeParse(id).success;
    const job = known ? await this.database.transaction((tx) => this.captures.find(tx, id)) : null;
    if (job === null)
      throw new EpcisException('NoSuchResourceException', `There is no capture job ${id.slice(0, 100)}.`);
    return jobDocument(job);
  }
}

function behaviourOf({ headers }: IncomingMessage): ErrorBehaviour {
  const asked = headers['gs1-capture-error-behaviour'] ?? 'rollback';
  if (asked === 'rollback' || asked === 'proceed') return asked;
  throw new EpcisException(
    'ValidationException',
    `GS1-Capture-Error-Behaviour is ${String(asked).slice(0, 60)}; it may be rollback or proceed.`,
  );
}

/** A job as the standard shows it, with what became of each event. */
function jobDocument(job: CaptureJob): object {
  const { id, createdAt, behaviour, isSuccess, outcomes } = job;
  const errors = problemsOf(job).map(({ code, message, remedy, eventID }) => ({
    ...{ type: 'epcisException:ValidationException', title: code, status: 400 },
    detail: `${eventID ?? 'An event'}: ${message} ${remedy}`,
  }));
  return {
    ...{ captureID: id, createdAt, finishedAt: createdAt, running: false, success: isSuccess },
    ...{ captureErrorBehaviour: behaviour, errors, events: outcomes },
  };
}

function setVersions(response: ServerResponse): void {
  response.setHeader('GS1-EPCIS-Version', '2.0.0');
  response.setHeader('GS1-CBV-Version', '2.0.0');
}
