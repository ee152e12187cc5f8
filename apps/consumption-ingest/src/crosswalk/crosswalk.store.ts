import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { CrosswalkEntry, CrosswalkKind } from './crosswalk.js';

const columns = `kind, code, product_code AS "productCode", target, changed_by AS "changedBy", changed_at AS "changedAt"`;

/** Codes to translate in one go. */
export interface CrosswalkQuery {
  readonly kind: CrosswalkKind;
  readonly code: string;
}

/** Keeps every version of every entry; the newest holds. */
@Injectable()
export class CrosswalkStore {
  /** The entries that hold for these codes. */
  async current(tx: Transaction, queries: readonly CrosswalkQuery[]): Promise<CrosswalkEntry[]> {
    if (queries.length === 0) return [];
    const rows = await tx.query<CrosswalkEntry>(
      `SELECT DISTINCT ON (kind, code, product_code) ${columns}
         FROM crosswalk_entry WHERE (kind, code) IN (SELECT * FROM unnest($1::text[], $2::text[]))
        ORDER BY kind, code, product_code, id DESC`,
      [queries.map(({ kind }) => kind), queries.map(({ code }) => code)],
    );
    return rows.filter(({ target }) => target !== null);
  }

  /** Every version of one code's entries, newest first. */
  async history(tx: Transaction, { kind, code }: CrosswalkQuery): Promise<CrosswalkEntry[]> {
    return tx.query<CrosswalkEntry>(
      `SELECT ${columns} FROM crosswalk_entry WHERE kind = $1 AND code = $2 ORDER BY id DESC LIMIT 100`,
      [kind, code],
    );
  }

  /** Writes a new version. */
  async append(tx: Transaction, entry: CrosswalkEntry): Promise<void> {
    const { kind, code, productCode, target, changedBy, changedAt } = entry;
    await tx.query(
      `INSERT INTO crosswalk_entry (kind, code, product_code, target, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [kind, code, productCode, target, changedBy, changedAt],
    );
  }
}
