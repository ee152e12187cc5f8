import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was posted and is in no report yet stands in a queue of its own, in place of being searched for among all that was
 * posted of late: a report costs what is new.
 */
export class UnreportedLegs implements MigrationInterface {
  readonly name = 'UnreportedLegs1764288000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(queue);
    await runner.query(moveOver);
    await runner.query(`
DROP INDEX posting_posted_at;
DROP TABLE reported_leg;
ALTER TABLE stock_report DROP COLUMN postings_since;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE reported_leg (event_id uuid NOT NULL, location text NOT NULL, posted_at timestamptz NOT NULL, PRIMARY KEY (event_id, location));
CREATE INDEX reported_leg_posted_at ON reported_leg (posted_at);
CREATE INDEX posting_posted_at ON posting (posted_at) WHERE state = 'posted';
ALTER TABLE stock_report ADD COLUMN postings_since timestamptz NOT NULL DEFAULT now();
INSERT INTO reported_leg
SELECT p.event_id, leg.location, p.posted_at
  FROM posting p CROSS JOIN LATERAL (VALUES (p.movement->>'fromLocation'), (p.movement->>'toLocation')) AS leg (location)
 WHERE p.state = 'posted' AND NOT EXISTS (SELECT FROM unreported_leg u WHERE (u.event_id, u.location) = (p.event_id, leg.location))
ON CONFLICT DO NOTHING;
DROP TABLE unreported_leg;`);
  }
}

const queue = `
CREATE TABLE unreported_leg (
  event_id     uuid        NOT NULL,
  location     text        NOT NULL,
  product_code text        NOT NULL,
  lot_number   text        NOT NULL,
  posted_at    timestamptz NOT NULL,
  PRIMARY KEY (event_id, location)
);
COMMENT ON TABLE unreported_leg IS 'Ends of posted movements that no report of Odoo contains yet; a row goes with the report that does.'`;

const moveOver = `
INSERT INTO unreported_leg
SELECT p.event_id, leg.location, p.movement->>'productCode',
       coalesce(p.movement->>'lotNumber', p.movement->>'serialNumber', ''), p.posted_at
  FROM posting p CROSS JOIN LATERAL (VALUES (p.movement->>'fromLocation'), (p.movement->>'toLocation')) AS leg (location)
 WHERE p.state = 'posted'
   AND p.posted_at >= coalesce((SELECT postings_since - interval '10 minutes' FROM stock_report), '-infinity')
   AND NOT EXISTS (SELECT FROM reported_leg r WHERE (r.event_id, r.location) = (p.event_id, leg.location))
   AND NOT EXISTS (SELECT FROM master_record m WHERE m.model = 'stock.location' AND m.code = leg.location AND m.data->>'usage' <> 'internal')
ON CONFLICT DO NOTHING`;
