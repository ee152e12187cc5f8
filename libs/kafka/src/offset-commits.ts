import type { Log } from '@wardline/event-handling';

/** An offset to commit to the broker: everything before it is settled. */
export interface SettledOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/**
 * Tells the broker where we are, one request at a time and only the newest offset of each partition. It is for tools
 * and for the first start elsewhere: the position that counts is in the service's database.
 */
export class OffsetCommits {
  private pending = new Map<string, SettledOffset>();
  private busy = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly commit: (offsets: SettledOffset[]) => Promise<void>,
    private readonly log: Log,
  ) {}

  /** Notes an offset; it is committed as soon as the request before it has ended. */
  settled(topic: string, partition: number, offset: bigint): void {
    this.pending.set(`${topic}/${partition}`, { topic, partition, offset: offset.toString() });
    if (!this.busy) this.running = this.run();
  }

  /** Drops what is not committed: after a rebalance it may belong to another member. */
  forget(): void {
    this.pending.clear();
  }

  /** Resolves when everything noted is committed or has failed once. */
  async flushed(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    this.busy = true;
    try {
      while (this.pending.size > 0) {
        const offsets = [...this.pending.values()];
        this.pending.clear();
        await this.commit(offsets);
      }
    } catch (error) {
      // The next settled batch commits again, and a restart goes by the database.
      this.log.debug('offsets were not committed to the broker', { error: String(error) });
    } finally {
      this.busy = false;
    }
  }
}
