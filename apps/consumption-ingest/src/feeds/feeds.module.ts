import { Module } from '@nestjs/common';
import { FeedController, FeedSettingController } from './feed.controller.js';
import { FeedEars } from './feed-ears.js';
import { FeedGauges } from './feed-gauges.js';
import { FeedHerald } from './feed-herald.js';
import { FeedReadings } from './feed-readings.js';
import { FeedRounds } from './feed-rounds.js';
import { FeedSettingStore } from './feed-setting.store.js';
import { FeedViewStore } from './feed-view.store.js';
import { FeedWatch } from './feed-watch.js';
import { FeedStore } from './feed.store.js';

const stores = [FeedStore, FeedViewStore, FeedSettingStore];

/** Whether the sources of records speak, and what is missing of what they numbered. */
@Module({
  controllers: [FeedController, FeedSettingController],
  providers: [...stores, FeedReadings, FeedEars, FeedHerald, FeedWatch, FeedRounds, FeedGauges],
})
export class FeedsModule {}
