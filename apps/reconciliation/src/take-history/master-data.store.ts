import type { LocationChanged, ProductChanged, UnitChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** What kind of place a location is in Odoo. */
export async function keepLocations(tx: Transaction, locations: readonly LocationChanged[]): Promise<void> {
  const last = new Map(locations.map(({ locationCode, usage }) => [locationCode, usage]));
  await tx.query(
    `INSERT INTO location SELECT * FROM unnest($1::text[], $2::text[]) AS l (code, usage) ORDER BY code
     ON CONFLICT (code) DO UPDATE SET usage = excluded.usage`,
    [[...last.keys()], [...last.values()]],
  );
}

/** How many of its root a unit is. */
export async function keepUnits(tx: Transaction, units: readonly UnitChanged[]): Promise<void> {
  const last = [...new Map(units.map((unit) => [unit.unit, unit])).values()];
  await tx.query(
    `INSERT INTO unit SELECT * FROM unnest($1::text[], $2::text[], $3::numeric[]) AS u (name, root, factor) ORDER BY name
     ON CONFLICT (name) DO UPDATE SET root = excluded.root, factor = excluded.factor`,
    [
      last.map(({ unit }) => unit),
      last.map(({ rootUnit, unit }) => rootUnit ?? unit),
      last.map(({ factor }) => factor.toFixed()),
    ],
  );
}

/** The category of a product, by which a difference finds its owner. */
export async function keepProducts(tx: Transaction, products: readonly ProductChanged[]): Promise<void> {
  const last = new Map(products.map(({ productCode, category }) => [productCode, category]));
  await tx.query(
    `INSERT INTO product SELECT * FROM unnest($1::text[], $2::text[]) AS p (code, category) ORDER BY code
     ON CONFLICT (code) DO UPDATE SET category = excluded.category`,
    [[...last.keys()], [...last.values()]],
  );
}
