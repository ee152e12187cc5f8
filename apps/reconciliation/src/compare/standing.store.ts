import { Decimal } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Place } from '../place.js';
import type { Effect, ForeignMove, Reported, Standing } from './standing.js';

interface StandingRow {
  location: string;
  product_code: string;
  lot: string;
  is_serial: boolean;
  unit: string;
  odoo_unit: string | null;
  ledger: string;
  contained: string;
  odoo: string;
  unapproved: string;
  accepted: string;
  in_flight: boolean;
  in_flight_since: Date | null;
  known: boolean;
}

/** A unit that was only renamed is of the same size. */
const otherUnit = `(b.odoo <> 0 AND b.odoo_unit <> b.unit
  AND EXISTS (SELECT FROM unit one JOIN unit two ON two.factor <> one.factor WHERE one.name = b.unit AND two.name = b.odoo_unit))`;

const standings = `
WITH open AS (
  SELECT location, product_code, lot, sum(quantity) AS quantity, bool_or(of_odoo) AS of_odoo,
         min(occurred_at) FILTER (WHERE of_odoo) AS since
    FROM leg WHERE contained_in IS NULL GROUP BY 1, 2, 3
), lagging AS (
  SELECT location, product_code, lot, min(since) AS since FROM (
    SELECT location, product_code, lot, since FROM ahead UNION ALL SELECT location, product_code, lot, since FROM awaited
  ) AS known GROUP BY 1, 2, 3
)
SELECT b.location, b.product_code, b.lot, b.is_serial, b.unit, b.ledger, b.ledger - coalesce(o.quantity, 0) AS contained,
       CASE WHEN ${otherUnit} THEN b.odoo_unit END AS odoo_unit, b.odoo, b.unapproved, b.accepted, coalesce(o.of_odoo, false) OR l.since IS NOT NULL AS in_flight,
       least(o.since, l.since) AS in_flight_since,
       EXISTS (SELECT FROM leg WHERE (leg.location, leg.product_code, leg.lot) = (b.location, b.product_code, b.lot)) AS known
  FROM balance b JOIN location p ON p.code = b.location AND p.usage = 'internal'
  LEFT JOIN open o ON (o.location, o.product_code, o.lot) = (b.location, b.product_code, b.lot)
  LEFT JOIN lagging l ON (l.location, l.product_code, l.lot) = (b.location, b.product_code, b.lot)
 WHERE EXISTS (SELECT FROM report WHERE ordinal IS NOT NULL)
   AND (b.odoo - (b.ledger - coalesce(o.quantity, 0)) + b.unapproved <> b.accepted OR ${otherUnit})
 ORDER BY b.location, b.product_code, b.lot`;

/** The places at which ledger and Odoo differ, what is on its way left out. None before the first report of Odoo. */
export async function differingStandings(tx: Transaction): Promise<Standing[]> {
  return (await tx.query<StandingRow>(standings)).map(standingOf);
}

function standingOf(row: StandingRow): Standing {
  return {
    ...{ location: row.location, productCode: row.product_code, lot: row.lot, isSerial: row.is_serial, unit: row.unit },
    odooUnit: row.odoo_unit,
    ledger: new Decimal(row.ledger),
    contained: new Decimal(row.contained),
    odoo: new Decimal(row.odoo),
    unapproved: new Decimal(row.unapproved),
    accepted: new Decimal(row.accepted),
    ...{ isInFlight: row.in_flight, inFlightSince: row.in_flight_since, isKnown: row.known },
  };
}

const mostReports = 1_000;

const history = `
SELECT l.ordinal, l.read_at, l.quantity AS odoo, l.unit, l.changes,
       coalesce((SELECT sum(e.quantity) FROM leg e
         WHERE (e.location, e.product_code, e.lot) = (l.location, l.product_code, l.lot) AND e.contained_in <= l.ordinal), 0) AS contained
  FROM report_line l WHERE (l.location, l.product_code, l.lot) = ($1, $2, $3) AND l.ordinal IS NOT NULL
 ORDER BY l.ordinal DESC, l.read_at DESC LIMIT ${mostReports}`;

/** What reports of Odoo said of a place and what the ledger had in Odoo by then, oldest first; the last thousand. */
export async function reportsOf(tx: Transaction, { location, productCode, lot }: Place): Promise<Reported[]> {
  const rows = await tx.query<{
    ordinal: string;
    read_at: Date;
    odoo: string;
    contained: string;
    unit: string;
    changes: (Omit<ForeignMove, 'quantity'> & { quantity: string })[];
  }>(history, [location, productCode, lot]);
  return rows.toReversed().map(({ ordinal, read_at: readAt, odoo, contained, unit, changes }) => ({
    ...{ ordinal: BigInt(ordinal), readAt, unit, odoo: new Decimal(odoo), contained: new Decimal(contained) },
    changes: changes.map((move) => ({ ...move, quantity: new Decimal(move.quantity) })),
  }));
}

const effects = `
SELECT e.event_id, e.quantity, e.contained_in, m.movement_type, p.reference, r.recorded_factor
  FROM leg e JOIN movement m USING (event_id)
  LEFT JOIN posting p USING (event_id)
  LEFT JOIN accepted_record r ON r.event_id = m.causation_id
 WHERE (e.location, e.product_code, e.lot) = ($1, $2, $3) AND e.contained_in > $4 AND e.contained_in <= $5 AND NOT e.of_odoo
 ORDER BY e.contained_in, m.recorded_at, e.event_id LIMIT 1000`;

/** Movements of ours that came into Odoo after one report and no later than another. */
export async function effectsBetween(
  tx: Transaction,
  { location, productCode, lot }: Place,
  after: bigint,
  until: bigint,
): Promise<Effect[]> {
  const rows = await tx.query<{
    event_id: string;
    quantity: string;
    contained_in: string;
    movement_type: string;
    reference: string | null;
    recorded_factor: string | null;
  }>(effects, [location, productCode, lot, String(after), String(until)]);
  return rows.map((row) => ({
    ...{ eventId: row.event_id, quantity: new Decimal(row.quantity), containedIn: BigInt(row.contained_in) },
    ...{ movementType: row.movement_type, reference: row.reference },
    factor: row.recorded_factor === null ? null : new Decimal(row.recorded_factor),
  }));
}

/** How many of a unit the other units of its kind are; without those that are as large. */
export async function factorsOf(tx: Transaction, unit: string): Promise<Decimal[]> {
  const rows = await tx.query<{ factor: string }>(
    `SELECT DISTINCT u.factor / s.factor AS factor FROM unit s JOIN unit u ON u.root = s.root
      WHERE s.name = $1 AND u.factor <> s.factor ORDER BY 1`,
    [unit],
  );
  return rows.map(({ factor }) => new Decimal(factor));
}

/** The categories of products, by their codes. */
export async function categoriesOf(tx: Transaction, products: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ code: string; category: string }>(
    `SELECT code, category FROM product WHERE code = ANY($1) AND category IS NOT NULL`,
    [products],
  );
  return new Map(rows.map(({ code, category }) => [code, category]));
}

/** Another location where Odoo holds some of a lot or serial by its last report; null when there is none. */
export async function otherPlaceInOdoo(tx: Transaction, { location, productCode, lot }: Place): Promise<string | null> {
  const [row] = await tx.query<{ location: string }>(
    `SELECT location FROM balance WHERE (product_code, lot) = ($2, $3) AND location <> $1 AND odoo > 0 ORDER BY location LIMIT 1`,
    [location, productCode, lot],
  );
  return row?.location ?? null;
}
