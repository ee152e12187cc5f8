import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { CrosswalkEntry, CrosswalkKind } from './crosswalk.js';

const columns = `kind, code, source, product_code AS "productCode", target, unit, valid_from AS "validFrom",
  valid_until AS "validUntil", changed_by AS "changedBy", changed_at AS "changedAt"`;

/** Codes to translate in one go. */
export interface CrosswalkQuery {
  readonly kind: CrosswalkKind;
  readonly code: string;
}

/** Keeps every version of every entry. */
@Injectable()
export class CrosswalkStore {
  /** Every version of these codes' entries, the newest first. */
  async versions(tx: Transaction, queries: readonly CrosswalkQuery[]): Promise<CrosswalkEntry[]> {
    if (queries.length === 0) return [];
    return tx.query<CrosswalkEntry>(
      `SELECT ${columns} FROM crosswalk_entry
        WHERE (kind, code) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY id DESC`,
      [queries.map(({ kind }) => kind), queries.map(({ code }) => code)],
    );
  }

  /** Writes a new version. */
  async append(tx: Transaction, entry: CrosswalkEntry): Promise<void> {
    const { kind, code, source, productCode, target, unit, validFrom, validUntil, changedBy, changedAt } = entry;
    await tx.query(
      `INSERT INTO crosswalk_entry (kind, code, source, product_code, target, unit, valid_from, valid_until, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [kind, code, source, productCode, target, unit, validFrom, validUntil, changedBy, changedAt],
    );
  }
}
