import { describe, expect, it } from 'vitest';
import { samples } from '../services/metrics-text.js';
import { duration } from '../terminal/local-time.js';
import { deliveryFigures, measuredLag, parkedText, silentFeedCount, silentFeedText } from './service-state.js';

const scrape = samples(`
# HELP wardline_parked Unsettled parked messages
wardline_parked{state="parked",owner="master-data",service="inventory-sync"} 12
wardline_parked{state="retrying",owner="master-data",service="inventory-sync"} 1
wardline_parked{state="waiting",owner="none",service="inventory-sync"} 30
wardline_parked{state="parked",owner="stores \\"A\\"",service="inventory-sync"} 2
wardline_parked{state="parked",owner="platform"} 0
wardline_outbox_age_seconds{service="inventory-sync"} 1.5
wardline_lag_messages{topic="a",partition="0"} 3
wardline_lag_messages{topic="a",partition="1"} 4
wardline_lag_seconds{topic="a",partition="1"} 0.25
wardline_feeds_silent 2
a line that is none
`);

describe('what a scrape tells of a service', () => {
  it('is the age of its outbox and what waits for whom, the most first', () => {
    const { outboxAgeSeconds, parked } = deliveryFigures(scrape);
    expect(outboxAgeSeconds).toBe(1.5);
    expect(parkedText(parked)).toBe('master-data 13, stores "A" 2; 30 waiting behind');
  });

  it('is its lag over all partitions', () => {
    expect(measuredLag(scrape)).toEqual({ messages: 7, seconds: 0.25 });
  });

  it('is how many sources are silent, each said with what is expected of it', () => {
    expect([silentFeedCount(scrape), silentFeedCount([])]).toEqual([2, 0]);
    const feed = { source: 'cabinet-7', lastHeardAt: null, silence: { seconds: 1_200, usuallyEverySeconds: 120 } };
    expect(silentFeedText(feed, duration)).toBe('feed cabinet-7 is silent for 20 min 0 s, expected every 2 min 0 s');
    const unknown = { ...feed, silence: { seconds: 1_200, usuallyEverySeconds: null } };
    expect(silentFeedText(unknown, duration)).toBe('feed cabinet-7 is silent for 20 min 0 s');
  });

  it('is nothing parked, or nothing known', () => {
    expect(parkedText([])).toBe('0');
    expect(parkedText(null)).toBe('?');
    expect(deliveryFigures([])).toEqual({ outboxAgeSeconds: null, parked: [] });
  });
});
