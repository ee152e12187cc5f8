import { setTimeout as sleep } from 'node:timers/promises';
import type { Movement } from '../../e2e/service-answers.ts';
import type { OdooFaultRow } from '../fault.ts';
import { unlessMissed } from '../missed.ts';
import { Random } from '../random.ts';
import type { TrialEnd } from '../trial.ts';
import { checkBooks, type Books } from './books.ts';
import type { OdooStage } from './odoo-stage.ts';

const usesPerTrial = 60;
const perMessage = 5;
const settledWithinMs = 120_000;

/** Uses stock on the ward while a fault strikes, mends everything, and compares ledger and Odoo. */
export async function oneOdooTrial(stage: OdooStage, row: OdooFaultRow, seed: number): Promise<TrialEnd> {
  const began = performance.now();
  const random = new Random(seed);
  const since = await settledUpTo(stage);
  const [{ missed }] = await Promise.all([unlessMissed(row.strike({ stage, random })), use(stage, random, since)]);
  await stage.heal();
  const books = await settledBooks(stage, since);
  const violations = checkBooks(books);
  const seconds = (performance.now() - began) / 1000;
  return { row: row.name, seed, missed, seconds, violations, events: usesPerTrial, repeats: 0 };
}

/** The position up to which everything was posted before: what is waited for need only be asked from there on. */
async function settledUpTo(stage: OdooStage): Promise<string> {
  const movements = await movementsOf(stage);
  const open = movements.findIndex(({ posting }) => posting.state !== 'POSTED');
  return movements.slice(0, open < 0 ? undefined : open).at(-1)?.position ?? '0';
}

async function use(stage: OdooStage, random: Random, since: string): Promise<void> {
  const records = stage.uses(usesPerTrial);
  for (let from = 0; from < records.length; from += perMessage) {
    await stage.upstream.send(...records.slice(from, from + perMessage));
    await sleep(random.between(20, 200));
  }
  const until = Date.now() + settledWithinMs;
  const ids = new Set(records.map(({ eventId }) => eventId));
  while (Date.now() < until) {
    const movements = await movementsOf(stage, since);
    if (movements.filter(({ sourceEventId }) => ids.has(sourceEventId)).length === ids.size) return;
    await sleep(100);
  }
  throw new Error('not every use became a movement');
}

/** All the books, as soon as everything since a position is posted, or as they are when that takes too long. */
async function settledBooks(stage: OdooStage, since: string): Promise<Books> {
  const until = Date.now() + settledWithinMs;
  const isOpen = ({ posting }: Movement): boolean => posting.state !== 'POSTED';
  while ((await movementsOf(stage, since)).some(isOpen) && Date.now() < until) await sleep(100);
  const [movements, transfers] = await Promise.all([movementsOf(stage), stage.hospital.allTransfers()]);
  return {
    movements: movements.map(({ eventId, productCode: product, posting }) => {
      return { eventId, product, posting: posting.state };
    }),
    transfers: transfers.map(({ origin, state }) => ({ eventId: origin.slice('wardline '.length), state })),
    onHand: await Promise.all(stage.products.map((product) => onHand(stage, product))),
  };
}

async function onHand(
  { services, hospital, ward }: OdooStage,
  product: OdooStage['products'][number],
): Promise<Books['onHand'][number]> {
  const [ledger, odoo] = await Promise.all([services.balance(product.code, ward.code), hospital.onHand(product, ward)]);
  return { product: product.code, ledger, odoo };
}

function movementsOf(stage: OdooStage, since?: string): Promise<Movement[]> {
  return stage.services.movementsWhere({ location: stage.ward.code }, since);
}
