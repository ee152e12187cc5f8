import { Body, Controller, Delete, Get, Inject, NotFoundException, Param, Put, Query } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { CLOCK, Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import {
  ruleAnswer,
  ruleBody,
  ruleRemoval,
  ruleScope,
  ruleSubject,
  type RuleScope,
  type RuleVersion,
} from './receiving-rule.js';
import { ReceivingRuleStore } from './receiving-rule.store.js';

const params = z.object({
  scope: ruleScope.describe('In any case.'),
  subject: z.string().describe("The product's code, or the class's complete name in Odoo."),
});
const shown = z.object({ rule: ruleAnswer.nullable(), history: z.array(ruleAnswer) });
const refusals = { 404: 'There is no such rule.' };

/** How stores and pharmacy say what is asked of goods that come in. Every change keeps who made it, and why. */
@Controller('receiving-rules')
export class ReceivingRulesController {
  constructor(
    private readonly rules: ReceivingRuleStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describes({ summary: 'The receiving rules that hold', answer: z.array(ruleAnswer) })
  async all(): Promise<RuleVersion[]> {
    return this.rules.current();
  }

  @Get(':scope/:subject')
  @Describes({ summary: 'A receiving rule, and every change that led to it', params, answer: shown, refusals })
  async show(
    @Param('scope') scope: string,
    @Param('subject') subject: string,
  ): Promise<{ rule: RuleVersion | null; history: RuleVersion[] }> {
    const history = await this.rules.versions(...named(scope, subject));
    const [newest] = history;
    if (newest === undefined) throw missing(scope, subject);
    return { rule: newest.requirements === null ? null : newest, history };
  }

  @Put(':scope/:subject')
  @Describes({ summary: 'Says what is asked of goods that come in', params, body: ruleBody, answer: ruleAnswer })
  async put(
    @Param('scope') scope: string,
    @Param('subject') subject: string,
    @Body() body: unknown,
  ): Promise<RuleVersion> {
    const { by, reason, ...requirements } = parseRequest(ruleBody, body);
    return this.#write(named(scope, subject), { requirements, changedBy: by, reason });
  }

  @Delete(':scope/:subject')
  @Describes({ summary: 'Asks nothing any more', params, query: ruleRemoval, answer: ruleAnswer, refusals })
  async remove(
    @Param('scope') scope: string,
    @Param('subject') subject: string,
    @Query() query: unknown,
  ): Promise<RuleVersion> {
    const { by, reason } = parseRequest(ruleRemoval, query);
    const [newest] = await this.rules.versions(...named(scope, subject));
    if ((newest?.requirements ?? null) === null) throw missing(scope, subject);
    return this.#write(named(scope, subject), { requirements: null, changedBy: by, reason });
  }

  async #write(
    [scope, subject]: [RuleScope, string],
    change: Pick<RuleVersion, 'requirements' | 'changedBy' | 'reason'>,
  ): Promise<RuleVersion> {
    const version = { scope, subject, ...change, changedAt: this.clock.now() };
    await this.rules.append(version);
    return version;
  }
}

function named(scope: string, subject: string): [RuleScope, string] {
  return [parseRequest(ruleScope, scope.toUpperCase()), parseRequest(ruleSubject, subject)];
}

function missing(scope: string, subject: string): NotFoundException {
  return new NotFoundException(`No receiving rule holds for the ${scope.toLowerCase()} "${subject}".`);
}
