import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackgroundLoop, type LoopOptions } from './background-loop.js';

describe('Work in the background', () => {
  const rounds: number[] = [];
  const told: string[] = [];
  let loop: BackgroundLoop;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    rounds.length = told.length = 0;
  });
  afterEach(async () => {
    await loop.stop();
    vi.useRealTimers();
  });

  /** Notes when each piece began; `ends` says what becomes of it. */
  function started(ends: (piece: number) => boolean | Error, options: Partial<LoopOptions> = {}): BackgroundLoop {
    loop = new BackgroundLoop({
      work: async () => {
        rounds.push(Date.now());
        const end = ends(rounds.length);
        if (end instanceof Error) throw end;
        return end;
      },
      onError: ({ message }) => told.push(message),
      pollMs: 100,
      ...options,
    });
    loop.start();
    return loop;
  }

  it('goes on without a pause while there is any, and looks again after one when there was none', async () => {
    started((piece) => piece < 3);
    await vi.advanceTimersByTimeAsync(250);
    expect(rounds).toEqual([0, 0, 0, 100, 200]);
  });

  it('begins with a pause where it is asked to', async () => {
    started(() => false, { pausesFirst: true });
    await vi.advanceTimersByTimeAsync(250);
    expect(rounds).toEqual([100, 200]);
  });

  it('looks at once when it is woken', async () => {
    started(() => false);
    await vi.advanceTimersByTimeAsync(30);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds).toEqual([0, 30]);
  });

  it('tells every error and goes on after the usual pause', async () => {
    started((piece) => new Error(`failed ${piece}`));
    await vi.advanceTimersByTimeAsync(250);
    expect(rounds).toEqual([0, 100, 200]);
    expect(told).toEqual(['failed 1', 'failed 2', 'failed 3']);
  });

  it('waits longer with each error up to a limit, tells it once, and is as quick as before when it is over', async () => {
    started((piece) => piece !== 5 && new Error(`failed ${piece}`), { longestPauseMs: 500 });
    await vi.advanceTimersByTimeAsync(2_050);
    expect(rounds).toEqual([0, 200, 600, 1_100, 1_600, 1_700, 1_900]);
    expect(told).toEqual(['failed 1', 'failed 6']);
  });

  it('rests in proportion to what a round took, up to the longest pause', async () => {
    const lasting = [0, 50, 400, 0];
    const work = async (): Promise<boolean> => {
      rounds.push(Date.now());
      await new Promise((resolve) => setTimeout(resolve, lasting[rounds.length - 1] ?? 0));
      return false;
    };
    started(() => false, { work, restFactor: 4, longestPauseMs: 1_000 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(rounds.slice(0, 4)).toEqual([0, 100, 350, 1_750]);
  });

  it('ends when the piece under way is done, and tells that piece of it', async () => {
    const piece = Promise.withResolvers<boolean>();
    let ending: AbortSignal | undefined;
    started(() => false, {
      work: (signal) => {
        ending = signal;
        return piece.promise;
      },
    });
    let isOver = false;
    const stopped = loop.stop().then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect({ isOver, told: ending?.aborted }).toEqual({ isOver: false, told: true });
    piece.resolve(true);
    await stopped;
    expect(isOver).toBe(true);
  });
});
