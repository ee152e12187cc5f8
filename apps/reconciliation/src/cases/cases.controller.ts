import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import { isEventId, type Clock } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { CLOCK, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { listCases, showCase, summary } from './case-view.store.js';
import { CaseDecisions } from './decide-case.js';

const text = z.string().min(1).max(200).optional();
const states = z.enum(['OPEN', 'APPROVED', 'ACCEPTED', 'CLOSED']);
const filter = z.strictObject({
  state: z
    .string()
    .default('OPEN,APPROVED')
    .transform((given) => given.split(','))
    .pipe(z.array(states)),
  ...{ difference: text, owner: text, location: text, product: text },
  after: z.string().refine(isEventId, 'must be the `next` of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const decision = z.strictObject({
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(1_000),
});
const proposal = decision.extend({
  counted: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be what was counted, such as "47" or "2.5"'),
});

/** Differences between ledger and Odoo, and what people decide about them. */
@Controller()
export class CasesController {
  constructor(
    private readonly database: Database,
    private readonly decisions: CaseDecisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `GET /reconciliation`: up to which report of Odoo everything is equal, and what is not. */
  @Get('reconciliation')
  async standing() {
    return summary(this.database);
  }

  /** `GET /cases?state=&difference=&owner=&location=&product=&after=&limit=`; open ones unless states are named. */
  @Get('cases')
  async list(@Query() query: unknown) {
    const { state, difference: kind, ...rest } = parseRequest(filter, query);
    return listCases(this.database, { states: state, kind, ...rest }, this.clock.now());
  }

  /** `GET /cases/<caseId>`: with evidence and history. */
  @Get('cases/:caseId')
  async show(@Param('caseId') caseId: string) {
    const found = isEventId(caseId) ? await showCase(this.database, caseId, this.clock.now()) : null;
    if (found === null) throw new NotFoundException(`there is no case ${caseId}`);
    return found;
  }

  /** `POST /cases/<caseId>/approve {by, reason}`: books the proposed correction. */
  @Post('cases/:caseId/approve')
  @HttpCode(200)
  async approve(@Param('caseId') caseId: string, @Body() body: unknown) {
    await this.decisions.approve(known(caseId), parseRequest(decision, body));
    return this.show(caseId);
  }

  /** `POST /cases/<caseId>/propose {by, reason, counted}`: what a person found on the shelf; another one approves. */
  @Post('cases/:caseId/propose')
  @HttpCode(200)
  async propose(@Param('caseId') caseId: string, @Body() body: unknown) {
    const { counted, ...by } = parseRequest(proposal, body);
    await this.decisions.propose(known(caseId), by, new Decimal(counted));
    return this.show(caseId);
  }

  /** `POST /cases/<caseId>/accept {by, reason}`: the difference stays, and is no difference any more. */
  @Post('cases/:caseId/accept')
  @HttpCode(200)
  async accept(@Param('caseId') caseId: string, @Body() body: unknown) {
    await this.decisions.accept(known(caseId), parseRequest(decision, body));
    return this.show(caseId);
  }
}

function known(caseId: string): string {
  if (!isEventId(caseId)) throw new NotFoundException(`there is no case ${caseId}`);
  return caseId;
}
