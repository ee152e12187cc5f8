import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { FeedEars } from './feed-ears.js';
import { FeedHerald } from './feed-herald.js';

/** What a cycle did: `behind` when there is more to do at once, `elsewhere` when another replica does it. */
export type CycleOutcome = 'behind' | 'complete' | 'elsewhere';

/**
 * Hears the feeds and tells of their troubles: one exception for each source and kind, which ends by itself when the feed
 * speaks again, what was missing came, or its numbers are new ones.
 */
@Injectable()
export class FeedWatch {
  constructor(
    private readonly database: Database,
    private readonly ears: FeedEars,
    private readonly herald: FeedHerald,
  ) {}

  /** One cycle, in one transaction that sees one state. */
  async cycle(): Promise<CycleOutcome> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      if (!(await this.ears.claim(tx))) return 'elsewhere';
      if (!(await this.ears.listen(tx))) return 'behind';
      await this.herald.tell(tx);
      return 'complete';
    });
  }
}
