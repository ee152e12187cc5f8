import { Decimal } from '@wardline/event-contracts';

/** One fact as one of the two interfaces has it. */
export interface Fact {
  readonly id: string;
  readonly productCode: string;
  /** '' for none; a serial is one. */
  readonly lot: string;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly quantity: Decimal;
  /** From and until when its counterpart may be dated. */
  readonly from: Date;
  readonly until: Date;
  /** Its business time. */
  readonly at: Date;
  /** Whether one that says otherwise may be the same fact: not at a switch, where what is not in Odoo has to get there. */
  readonly mayDiffer: boolean;
  /** When it is settled without a counterpart. At a switch that is when nobody surer can come for a line that fits. */
  readonly settleAt: Date;
}

/** EXACT: one for one; DAY: the sums of a business day are the same; DIFFERS: the same fact, told with another lot or quantity. */
export type Agreement = 'EXACT' | 'DAY' | 'DIFFERS';

/** Facts of both that belong together. */
export interface Pair {
  readonly agreement: Agreement;
  /** Ids of movements that Wardline withheld. */
  readonly ours: readonly string[];
  /** Ids of lines that the old interface did. */
  readonly theirs: readonly string[];
}

/**
 * Pairs what Wardline would have posted with what the old interface did, each fact once at most, of what is to be settled
 * at `now`: those that say the same and are near in time, as many as can be; then business days whose sums are the same, of
 * which one at least is to be settled;
 * then, of lines that nobody can come for any more, what speaks of the same product on the same way. What is not to be
 * settled yet keeps the lines that it may need. `dayOf` answers the business day of a moment.
 */
export function pairFacts(
  ours: readonly Fact[],
  theirs: readonly Fact[],
  now: Date,
  dayOf: (at: Date) => string,
): Pair[] {
  const dueIds = new Set(dueFacts(ours, theirs, now));
  const isDue = ({ id }: Fact) => dueIds.has(id);
  const lines = theirs.toSorted(byTime);
  const same = match(ours.toSorted(bySureness), lines, isSame);
  const exact = same.filter(([one]) => isDue(one));
  const left = lines.filter((line) => !same.some(([, other]) => other === line));
  const open = ours.filter((one) => !same.some(([other]) => other === one) && (one.mayDiffer || isDue(one)));
  const days = matchDays(open, left, dayOf).filter((day) => day.ours.some((id) => dueIds.has(id)));
  const isOver = ({ until, mayDiffer }: Fact) => mayDiffer && until < now;
  const rest = (facts: readonly Fact[], taken: readonly string[]) =>
    facts.filter((each) => isOver(each) && !taken.includes(each.id));
  const differing = match(
    rest(
      open.filter(isDue),
      days.flatMap((day) => day.ours),
    ),
    rest(
      left,
      days.flatMap((day) => day.theirs),
    ),
    sameWay,
  );
  return [...exact.map(pairOf('EXACT')), ...days, ...differing.map(pairOf('DIFFERS'))];
}

/** Ids of what can be settled: its time is over, and at a switch nobody whose time is not may need a line that fits it. */
export function dueFacts(ours: readonly Fact[], theirs: readonly Fact[], now: Date): string[] {
  const fits = (one: Fact, other: Fact) => isSame(one, other) && isNear(one, other);
  const early = ours.filter(({ settleAt, mayDiffer }) => settleAt >= now && mayDiffer);
  const isContested = (one: Fact) => theirs.some((line) => fits(one, line) && early.some((rival) => fits(rival, line)));
  return ours.filter((one) => one.settleAt < now && (one.mayDiffer || !isContested(one))).map(({ id }) => id);
}

function pairOf(agreement: Agreement) {
  return ([one, other]: readonly [Fact, Fact]): Pair => ({ agreement, ours: [one.id], theirs: [other.id] });
}

/** As many as can be, one for one, those of ours that come first before others: by augmenting paths (Kuhn). */
function match(
  ours: readonly Fact[],
  theirs: readonly Fact[],
  belong: (one: Fact, other: Fact) => boolean,
): (readonly [Fact, Fact])[] {
  const taker = new Map<Fact, Fact>();
  const find = (one: Fact, tried: Set<Fact>): boolean =>
    theirs.some((other) => {
      if (tried.has(other) || !isNear(one, other) || !belong(one, other)) return false;
      tried.add(other);
      const holder = taker.get(other);
      if (holder !== undefined && !find(holder, tried)) return false;
      taker.set(other, one);
      return true;
    });
  for (const one of ours) find(one, new Set());
  return [...taker].map(([other, one]) => [one, other] as const);
}

function matchDays(ours: readonly Fact[], theirs: readonly Fact[], dayOf: (at: Date) => string): Pair[] {
  const pairs: Pair[] = [];
  const taken = new Set<Fact>();
  for (const day of Map.groupBy(ours, (fact) => `${keyOf(fact)} ${dayOf(fact.at)}`).values()) {
    const fits = (other: Fact) => sameKey(day[0]!, other) && day.some((one) => isNear(one, other));
    const lines = theirs.filter((other) => !taken.has(other) && fits(other));
    if (lines.length === 0 || !sumOf(day).equals(sumOf(lines))) continue;
    pairs.push({ agreement: 'DAY', ours: day.map(({ id }) => id), theirs: lines.map(({ id }) => id) });
    for (const line of lines) taken.add(line);
  }
  return pairs;
}

/** Whether a line is near enough in time to be the fact. */
export function isNear(one: Fact, other: Fact): boolean {
  return other.at >= one.from && other.at <= one.until;
}

function keyOf({ productCode, lot, fromLocation, toLocation }: Fact): string {
  return JSON.stringify([productCode, lot, fromLocation, toLocation]);
}

function isSame(one: Fact, other: Fact): boolean {
  return sameKey(one, other) && one.quantity.equals(other.quantity);
}

function sameKey(one: Fact, other: Fact): boolean {
  return keyOf(one) === keyOf(other);
}

function sameWay(one: Fact, other: Fact): boolean {
  return keyOf({ ...one, lot: '' }) === keyOf({ ...other, lot: '' });
}

function sumOf(facts: readonly Fact[]): Decimal {
  return facts.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

function byTime(a: Fact, b: Fact): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
}

function bySureness(a: Fact, b: Fact): number {
  return Number(b.mayDiffer) - Number(a.mayDiffer) || a.until.getTime() - b.until.getTime() || byTime(a, b);
}
