import { Module } from '@nestjs/common';
import { AwaitedCodeStore } from './awaited-code.store.js';
import { AwaitedCodeRounds, AwaitedCodeWatch } from './awaited-code-watch.js';
import { AwaitedController } from './awaited.controller.js';
import { CrosswalkController } from './crosswalk.controller.js';
import { CrosswalkStore } from './crosswalk.store.js';
import { SuggestionStore } from './suggestion.store.js';

/** The codes of the outside world and ours. */
@Module({
  controllers: [AwaitedController, CrosswalkController],
  providers: [CrosswalkStore, SuggestionStore, AwaitedCodeStore, AwaitedCodeWatch, AwaitedCodeRounds],
  exports: [CrosswalkStore],
})
export class CrosswalkModule {}
