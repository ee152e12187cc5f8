import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { FeedSetting } from './feed-setting.js';

/** A person's word that what a gap misses never existed. */
export interface GapAcceptance {
  readonly source: string;
  readonly id: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** What people said of feeds. */
@Injectable()
export class FeedSettingStore {
  append(tx: Transaction, source: string, setting: FeedSetting): void {
    const { everyMinutes, silentAfterMinutes, hours, timeZone, owner, mutedUntil, reason, changedBy, changedAt } =
      setting;
    const when = [JSON.stringify(hours), timeZone];
    tx.write(
      `INSERT INTO feed_setting (source, every_minutes, silent_after_minutes, hours, time_zone, owner, muted_until, reason,
         changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [source, everyMinutes, silentAfterMinutes, ...when, owner, mutedUntil, reason, changedBy, changedAt],
    );
  }

  /** Closes a gap by a person's word; false where the source has no such gap that is open. */
  async acceptGap(tx: Transaction, { source, id, by, reason, at }: GapAcceptance): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE feed_gap SET closed_at = $5, closed_how = 'ACCEPTED', accepted_by = $3, reason = $4
        WHERE source = $1 AND id = $2 AND closed_at IS NULL RETURNING id`,
      [source, id, by, reason, at],
    );
    return rows.length > 0;
  }
}
