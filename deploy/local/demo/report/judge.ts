import { Decimal } from '@wardline/event-contracts';
import { compareWithOdoo, odooBalances, type Balances, type StockDifference } from '../compare-with-odoo.ts';
import type { DayStack } from '../day-stack.ts';
import { getJson, parkedByService, readPages } from '../service-http.ts';
import type { HospitalDay } from '../generator/record.ts';

/** A place where Odoo changed otherwise than the day says. */
export interface DayDifference {
  readonly shelf: string;
  /** By what the records of the day did. */
  readonly day: string;
  readonly odoo: string;
}

/** A case of reconciliation. */
export interface OpenCase {
  readonly caseId: string;
  readonly difference: string;
  readonly owner: string;
  readonly place: { readonly location: string; readonly productCode: string; readonly lot: string };
}

/** How everything stands, as the services and Odoo say. */
export interface Standing {
  readonly consistent: boolean;
  readonly movements: number;
  readonly postings: { readonly posted: number; readonly refused: number; readonly pending: number };
  /** Ledger against Odoo, to the lot. */
  readonly differences: readonly StockDifference[];
  readonly reconciliation: {
    readonly balances: number;
    readonly equal: boolean;
    readonly differences: number;
    readonly inFlight: number;
  };
  readonly cases: readonly OpenCase[];
  /** Messages that are parked, by service. */
  readonly parked: Readonly<Record<string, number>>;
}

/** What is left when the day is over. */
export interface Books extends Standing {
  /** Odoo against the day itself, to the lot. */
  readonly dayDifferences: readonly DayDifference[];
}

interface LedgerCheck {
  readonly consistent: boolean;
  readonly movements: number;
  readonly postings: Books['postings'];
}

interface Reconciliation {
  readonly balances: number;
  readonly equal: boolean;
  /** By kind. */
  readonly differences: Readonly<Record<string, number>>;
  readonly IN_FLIGHT: number;
}

/** Asks the services and Odoo. `before`: what Odoo held when the day began. */
export async function readBooks(stack: DayStack, day: HospitalDay, before: Balances): Promise<Books> {
  const standing = await readStanding(stack);
  const { balances: after } = await odooBalances(stack.odoo);
  return { ...standing, dayDifferences: againstTheDay(day, before, after) };
}

/** Asks the services and Odoo how everything stands. */
export async function readStanding({ odoo, services }: Pick<DayStack, 'odoo' | 'services'>): Promise<Standing> {
  const { consistent, movements, postings } = await getJson<LedgerCheck>(`${services['inventory-sync']}/ledger/check`);
  return {
    ...{ consistent, movements, postings },
    differences: await compareWithOdoo(odoo, services['inventory-sync']!),
    ...(await reconciled(services['reconciliation']!)),
    parked: await parkedByService(services),
  };
}

async function reconciled(reconciliation: string): Promise<Pick<Books, 'reconciliation' | 'cases'>> {
  const { IN_FLIGHT: inFlight, ...rest } = await getJson<Reconciliation>(`${reconciliation}/reconciliation`);
  const { balances, equal } = rest;
  const differences = Object.values(rest.differences).reduce((sum, count) => sum + count, 0);
  const cases: OpenCase[] = [];
  for await (const one of readPages<OpenCase>(`${reconciliation}/cases?limit=1000`)) cases.push(one);
  return { reconciliation: { balances, equal, differences, inFlight }, cases };
}

/** Where Odoo's shelves changed by another quantity than the accepted records of the day moved. */
export function againstTheDay({ records }: HospitalDay, before: Balances, after: Balances): DayDifference[] {
  const expected = new Map<string, Decimal>();
  for (const { place, product, piece, quantity } of records.flatMap(({ effects }) => effects)) {
    const shelf = [place, product, piece].join('\n');
    expected.set(shelf, (expected.get(shelf) ?? zero).plus(quantity));
  }
  const shelves = [...new Set([...expected.keys(), ...before.keys(), ...after.keys()])].sort();
  return shelves.flatMap((shelf) => {
    const day = expected.get(shelf) ?? zero;
    const odoo = (after.get(shelf) ?? zero).minus(before.get(shelf) ?? zero);
    return day.equals(odoo) ? [] : [{ shelf: shelf.replaceAll('\n', ' '), day: day.toString(), odoo: odoo.toString() }];
  });
}

const zero = new Decimal(0);
