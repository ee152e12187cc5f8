import type { Transaction } from '@wardline/event-handling';
import { acceptedSubjects } from '../cases/case.store.js';
import { subjectOf } from '../place.js';
import { oldUsers, straysOfOldInterfaces } from '../shadow/shadow.store.js';
import type { Finding, Owner } from './finding.js';
import { firstDivergence } from './first-divergence.js';
import { movementFinding, ownerOf, placeFinding, recordFinding, strayFinding } from './findings.js';
import { noteCompared, openSince, recordsToCompare, unknownPostings } from './overdue.store.js';
import type { ForeignMove, Reported, Standing } from './standing.js';
import {
  categoriesOf,
  differingStandings,
  effectsBetween,
  factorsOf,
  otherPlaceInOdoo,
  reportsOf,
} from './standing.store.js';

/** What a comparison goes by. */
export interface CompareRules {
  readonly now: Date;
  /** What is under way for so long is a difference. */
  readonly overdueMs: number;
  readonly pharmacy: readonly string[];
}

/** What a comparison found, and about what it cannot say anything yet. */
export interface Compared {
  readonly findings: readonly Finding[];
  readonly undecided: ReadonlySet<string>;
}

/** Compares records with movements, movements with postings, and the ledger with Odoo, as far as their history is here. */
export async function compare(tx: Transaction, rules: CompareRules): Promise<Compared> {
  const before = new Date(rules.now.getTime() - rules.overdueMs);
  const standings = await differingStandings(tx);
  const undecided = standings.filter((standing) => isUnderWay(standing, before));
  const differing = standings.filter((standing) => !isUnderWay(standing, before));
  const places: Finding[] = [];
  const categories = await categoriesOf(
    tx,
    standings.map(({ productCode }) => productCode),
  );
  const old = await oldUsers(tx);
  for (const standing of differing) {
    const owner = ownerOf(categories.get(standing.productCode), rules.pharmacy);
    const finding = await examine(tx, { standing, differing, owner }, { old, now: rules.now });
    if (finding === null) undecided.push(standing);
    else places.push(finding);
  }
  const others = [...(await movements(tx, before, rules)), ...(await records(tx, before))];
  const accepted = await acceptedSubjects(
    tx,
    others.map(({ subject }) => subject),
  );
  const findings = [...places, ...others.filter(({ subject }) => !accepted.has(subject))];
  return { findings: onePerSubject(findings), undecided: new Set(undecided.map(subjectOf)) };
}

/** A transfer between two shelves differs at both of its ends, and is one difference. */
function onePerSubject(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.subject, finding])).values()];
}

function isUnderWay({ isInFlight, inFlightSince }: Standing, before: Date): boolean {
  return isInFlight && (inFlightSince === null || inFlightSince > before);
}

/** What is to be found of a place that differs; null while an old interface's move may still turn out to be ours. */
async function examine(
  tx: Transaction,
  {
    standing,
    differing,
    owner,
  }: { readonly standing: Standing; readonly differing: readonly Standing[]; readonly owner: Owner },
  { old, now }: { readonly old: ReadonlyMap<string, number>; readonly now: Date },
): Promise<Finding | null> {
  const reports = await reportsOf(tx, standing);
  const divergence = firstDivergence(reports, standing);
  const after = divergence?.lastEqual?.ordinal ?? 0n;
  const until = divergence?.firstDifferent.ordinal ?? 0n;
  const effects = await effectsBetween(tx, standing, after, until);
  const siblings = differing.filter((other) => other !== standing && other.productCode === standing.productCode);
  const factors = await factorsOf(tx, standing.unit);
  const elsewhere = standing.isSerial ? await otherPlaceInOdoo(tx, standing) : null;
  const made = movesSince(reports, after);
  if (made.some((move) => mayBeOurs(move, old, now))) return null;
  const moves = made.filter(({ userId }) => userId === null || !old.has(userId));
  return placeFinding({ standing, siblings, effects, moves, factors, elsewhere }, divergence, owner);
}

/** Twice the tolerance, and a minute for what was read to be told. */
function mayBeOurs({ userId, movedAt }: ForeignMove, old: ReadonlyMap<string, number>, now: Date): boolean {
  const tolerance = userId === null ? undefined : old.get(userId);
  return tolerance !== undefined && Date.parse(movedAt) + 2 * tolerance + 60_000 > now.getTime();
}

/** Moves that people made in Odoo after a report, each once, oldest first. */
function movesSince(reports: readonly Reported[], after: bigint): ForeignMove[] {
  const moves = reports.filter(({ ordinal }) => ordinal > after).flatMap(({ changes }) => changes);
  const known = new Set(
    reports.filter(({ ordinal }) => ordinal <= after).flatMap(({ changes }) => changes.map(lineOf)),
  );
  const fresh = new Map(moves.filter((move) => !known.has(lineOf(move))).map((move) => [lineOf(move), move]));
  return [...fresh.values()].toSorted((a, b) => Number(BigInt(a.lineId) - BigInt(b.lineId)));
}

function lineOf({ lineId }: ForeignMove): string {
  return lineId;
}

async function movements(tx: Transaction, before: Date, { pharmacy }: CompareRules): Promise<Finding[]> {
  const open = await openSince(tx, before);
  const categories = await categoriesOf(
    tx,
    open.map(({ productCode }) => productCode),
  );
  const missing = open.map((movement) =>
    movementFinding(movement, ownerOf(categories.get(movement.productCode), pharmacy)),
  );
  const strays = await straysOfOldInterfaces(tx);
  const owners = await categoriesOf(
    tx,
    strays.map(({ productCode }) => productCode),
  );
  const unexplained = strays.map((stray) => strayFinding(stray, ownerOf(owners.get(stray.productCode), pharmacy)));
  return [...missing, ...unexplained, ...(await unknownPostings(tx, before)).map(unknownPosting)];
}

function unknownPosting({
  eventId,
  location,
  productCode,
  lot,
}: Awaited<ReturnType<typeof unknownPostings>>[number]): Finding {
  return {
    ...{ subject: `movement:${eventId}`, kind: 'UNKNOWN_TO_US', owner: 'platform', ledger: null, odoo: null },
    place: { location, productCode, lot, isSerial: false, unit: '' },
    explanation: `Odoo holds the posting of the movement ${eventId} (${productCode} at ${location}), which the ledger never told of.`,
    proposal: {
      kind: 'LOOK',
      text: 'See whether inventory.stock was read from its beginning.',
      quantity: null,
      by: null,
    },
    evidence: { wrongEvent: eventId },
  };
}

async function records(tx: Transaction, before: Date): Promise<Finding[]> {
  const found = (await recordsToCompare(tx, before)).map((record) => ({ record, finding: recordFinding(record) }));
  await noteCompared(
    tx,
    found.filter(({ finding }) => finding === null).map(({ record }) => record.eventId),
  );
  return found.flatMap(({ finding }) => finding ?? []);
}
