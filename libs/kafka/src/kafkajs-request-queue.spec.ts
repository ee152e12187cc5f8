import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestQueueClass, type RequestQueue } from './kafkajs-request-queue.js';

function queue(state: Partial<RequestQueue>): RequestQueue & { checks: number } {
  const made = Object.assign(Object.create(RequestQueueClass.prototype) as RequestQueue, {
    throttledUntil: -1,
    throttleCheckTimeoutId: null,
    pending: [] as unknown[],
    checks: 0,
    ...state,
  });
  made.checkPendingRequests = () => {
    made.checks += 1;
  };
  return made;
}

describe('the request queue of kafkajs, corrected', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sets no timer while nothing waits, where kafkajs polls every millisecond', () => {
    queue({}).scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks again soon when a request waits for one under way', () => {
    const waiting = queue({ pending: { length: 1 } });
    waiting.scheduleCheckPendingRequests();
    waiting.scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(10);
    expect(waiting.checks).toBe(1);
  });

  it('waits as long as the broker throttles', () => {
    const throttled = queue({ pending: { length: 1 }, throttledUntil: Date.now() + 500 });
    throttled.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(499);
    expect(throttled.checks).toBe(0);
    vi.advanceTimersByTime(1);
    expect(throttled.checks).toBe(1);
  });
});
