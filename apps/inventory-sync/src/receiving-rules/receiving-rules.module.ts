import { Module } from '@nestjs/common';
import { ReceivingRuleStore } from './receiving-rule.store.js';
import { ReceivingRulesController } from './receiving-rules.controller.js';

/** What is asked of goods that come in: set and shown over HTTP. */
@Module({ controllers: [ReceivingRulesController], providers: [ReceivingRuleStore] })
export class ReceivingRulesModule {}
