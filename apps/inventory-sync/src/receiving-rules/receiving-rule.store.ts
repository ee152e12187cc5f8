import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import type { RuleScope, RuleVersion } from './receiving-rule.js';

const columns = `scope, subject, requirements, changed_by AS "changedBy", reason, changed_at AS "changedAt"`;

/** Keeps every version of every rule. What holds for goods is read with their master data. */
@Injectable()
export class ReceivingRuleStore {
  constructor(private readonly database: Database) {}

  /** The rules that hold now, in order of scope and subject. */
  async current(): Promise<RuleVersion[]> {
    return this.database.query<RuleVersion>(
      `SELECT * FROM (SELECT DISTINCT ON (scope, subject) ${columns} FROM receiving_rule ORDER BY scope, subject, id DESC) AS newest
        WHERE requirements IS NOT NULL ORDER BY scope, subject`,
    );
  }

  /** Every version of a rule, the newest first. */
  async versions(scope: RuleScope, subject: string): Promise<RuleVersion[]> {
    return this.database.query<RuleVersion>(
      `SELECT ${columns} FROM receiving_rule WHERE scope = $1 AND subject = $2 ORDER BY id DESC`,
      [scope, subject],
    );
  }

  /** Writes a new version. */
  async append({ scope, subject, requirements, changedBy, reason, changedAt }: RuleVersion): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(
        `INSERT INTO receiving_rule (scope, subject, requirements, changed_by, reason, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [scope, subject, requirements === null ? null : JSON.stringify(requirements), changedBy, reason, changedAt],
      ),
    );
  }
}
