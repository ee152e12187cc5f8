import type { Log } from '@wardline/event-handling';

/** An offset to commit to the broker: everything before it is settled. */
export interface SettledOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Least time between two commits, in milliseconds. */
const pauseMs = 500;

/**
 * Tells the broker where we are, twice a second at most and only the newest offset of each partition. It is for tools
 * and for the first start elsewhere: the position that counts is in the service's database.
 */
export class OffsetCommits {
  private pending = new Map<string, SettledOffset>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly commit: (offsets: SettledOffset[]) => Promise<void>,
    private readonly log: Log,
  ) {}

  /** Notes an offset; it is committed soon. */
  settled(topic: string, partition: number, offset: bigint): void {
    this.pending.set(`${topic}/${partition}`, { topic, partition, offset: offset.toString() });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.commitPending();
    }, pauseMs);
  }

  /** Drops what is not committed: after a rebalance it may belong to another member. */
  forget(): void {
    this.pending.clear();
  }

  /** Commits what is noted now; resolves when that is done or has failed once. */
  async flushed(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.commitPending();
    await this.running;
  }

  private commitPending(): void {
    const offsets = [...this.pending.values()];
    this.pending.clear();
    if (offsets.length > 0) this.running = this.running.then(() => this.commitOnce(offsets));
  }

  private async commitOnce(offsets: SettledOffset[]): Promise<void> {
    try {
      await this.commit(offsets);
    } catch (error) {
      // The next settled batch commits again, and a restart goes by the database.
      this.log.debug('offsets were not committed to the broker', { error: String(error) });
    }
  }
}
