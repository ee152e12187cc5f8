import { pairUntil, unpaired, type Checkpoint } from './checkpoint.js';
import { isVirtual } from '../posting/virtual-locations.js';
import type { OldPosting } from './old-posting.js';
import { Decimal } from '@wardline/event-contracts';
import { dueFacts, isNear, pairFacts, type Agreement, type Fact } from './pairing.js';
import type { Withheld } from './withheld.store.js';

/** A line of the old interface: held, or told by now as one that no record explains. */
export type Line = OldPosting & { readonly state: 'open' | 'alone' };

/** A movement and what was found about it, for a person. */
interface Settled {
  readonly movement: Withheld;
  readonly message: string;
}

/** What is settled of one checkpoint. */
export interface Round {
  readonly pairs: readonly {
    readonly ours: readonly Withheld[];
    readonly theirs: readonly Line[];
    readonly agreement: Agreement;
    readonly reference: string | null;
    readonly message: string;
  }[];
  /** Only Wardline has them. */
  readonly alone: readonly Settled[];
  /** Wardline posts them. */
  readonly released: readonly Settled[];
  /** Lines that only the old interface has. */
  readonly strays: readonly Line[];
}

/** Settles what can be of one checkpoint at `now`, product by product and way by way. */
export function settleRound(
  checkpoint: Checkpoint,
  ours: readonly Withheld[],
  lines: readonly Line[],
  { now, dayOf }: { readonly now: Date; readonly dayOf: (at: Date) => string },
): Round {
  const isHere = ({ checkpointId }: { readonly checkpointId: string }) => checkpointId === checkpoint.checkpointId;
  const groups = Map.groupBy(ours.filter(isHere), ({ movement }) => wayOf(movement));
  const theirs = Map.groupBy(lines.filter(isHere), ({ report }) => wayOf(report));
  const rounds = [...new Set([...groups.keys(), ...theirs.keys()])].map((way) =>
    settleWay(checkpoint, groups.get(way) ?? [], theirs.get(way) ?? [], now, dayOf),
  );
  return {
    pairs: rounds.flatMap(({ pairs }) => pairs),
    alone: rounds.flatMap(({ alone }) => alone),
    released: rounds.flatMap(({ released }) => released),
    strays: rounds.flatMap(({ strays }) => strays),
  };
}

function wayOf(way: {
  readonly productCode: string;
  readonly fromLocation: string;
  readonly toLocation: string;
}): string {
  return JSON.stringify([way.productCode, endOf(way.fromLocation), endOf(way.toLocation)]);
}

/** An old interface may know another place than ours for what is used; the flow is the same. */
function endOf(location: string): string {
  return isVirtual(location) ? '' : location;
}

function settleWay(
  checkpoint: Checkpoint,
  ours: readonly Withheld[],
  lines: readonly Line[],
  ...[now, dayOf]: readonly [Date, (at: Date) => string]
): Round {
  const facts = ours.map((movement) => factOf(movement, checkpoint));
  const lineFacts = lines.map((line) => lineFact(line, checkpoint));
  const byId = new Map(ours.map((movement) => [movement.eventId as string, movement]));
  const lineById = new Map(lines.map((line) => [String(line.lineId), line]));
  const paired = pairFacts(facts, lineFacts, now, dayOf);
  const pairs = paired.map(({ agreement, ...ids }) => {
    const [mine, theirs] = [ids.ours.map((id) => byId.get(id)!), ids.theirs.map((id) => lineById.get(id)!)];
    return { ours: mine, theirs, agreement, ...said(agreement, theirs) };
  });
  const taken = new Set(paired.flatMap((pair) => [...pair.ours, ...pair.theirs]));
  const due = new Set(dueFacts(facts, lineFacts, now).filter((id) => !taken.has(id)));
  const waiting = facts.filter(({ id }) => !due.has(id) && !taken.has(id));
  const outcome = (mayDiffer: boolean, message: string) =>
    facts
      .filter((fact) => due.has(fact.id) && fact.mayDiffer === mayDiffer)
      .map(({ id }) => ({ movement: byId.get(id)!, message }));
  return {
    pairs,
    alone: outcome(true, `The old interface did nothing like it within ${checkpoint.toleranceMs / 60_000} minutes.`),
    released: outcome(false, 'Nobody had posted it at the switch, so Wardline does.'),
    strays: lines.filter((line, n) => !taken.has(String(line.lineId)) && isStray(line, lineFacts[n]!, waiting, now)),
  };
}

function said(
  agreement: Agreement,
  theirs: readonly Line[],
): { readonly reference: string | null; readonly message: string } {
  const named = [...new Set(theirs.map(({ report }) => report.reference || `line ${report.moveLineId}`))].join(', ');
  const quantities = theirs
    .map(({ report }) => `${report.quantity} ${report.unit} of ${lotOf(report) || 'no lot'}`)
    .join(', ');
  const message = {
    EXACT: `The old interface posted it as ${named}.`,
    DAY: `The old interface posted the sum of the day as ${named}.`,
    DIFFERS: `The old interface posted something else for it: ${quantities} as ${named}.`,
  }[agreement];
  return { reference: theirs[0]?.report.reference || null, message };
}

/** Nobody comes for a line when twice the tolerance is over and nobody who waits still may. */
function isStray({ state }: Line, fact: Fact, waiting: readonly Fact[], now: Date): boolean {
  return state === 'open' && fact.settleAt < now && !waiting.some((one) => isNear(one, fact));
}

function factOf({ eventId, movement, takenAt }: Withheld, checkpoint: Checkpoint): Fact {
  const { switches, toleranceMs } = checkpoint;
  const { productCode, fromLocation, toLocation, quantity, occurredAt } = movement;
  const until = pairUntil(checkpoint, occurredAt, takenAt);
  const mayDiffer = unpaired(switches, occurredAt, until) === 'alone';
  return {
    ...{ id: eventId, productCode, lot: lotOf(movement), quantity, at: occurredAt },
    ...{ fromLocation: endOf(fromLocation), toLocation: endOf(toLocation) },
    ...{ from: later(occurredAt, -toleranceMs), until, mayDiffer },
    settleAt: mayDiffer ? until : later(until, toleranceMs),
  };
}

function lineFact({ lineId, report, movedAt }: Line, { toleranceMs }: Checkpoint): Fact {
  const { productCode, fromLocation, toLocation, quantity } = report;
  return {
    ...{ id: String(lineId), productCode, lot: lotOf(report), at: movedAt },
    ...{ fromLocation: endOf(fromLocation), toLocation: endOf(toLocation) },
    ...{ quantity: new Decimal(quantity), mayDiffer: true, from: movedAt, until: later(movedAt, toleranceMs) },
    settleAt: later(movedAt, 2 * toleranceMs),
  };
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

function lotOf({
  lotNumber,
  serialNumber,
}: {
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
}): string {
  return lotNumber ?? serialNumber ?? '';
}
