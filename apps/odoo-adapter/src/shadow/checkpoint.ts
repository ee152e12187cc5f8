import type { EventId } from '@wardline/event-contracts';
import { operationOf, type Operation } from '../posting/operation.js';
import { isVirtual } from '../posting/virtual-locations.js';

/** SHADOW: the old interface posts, Wardline compares. LIVE: Wardline posts. */
export type Mode = 'SHADOW' | 'LIVE';

/** From a moment on a checkpoint is in a mode; a person decided it. */
export interface Switch {
  readonly at: Date;
  readonly mode: Mode;
  readonly by: string;
  readonly reason: string;
}

/** Who posts one flow at one site, over time (ADR 0019). */
export interface Checkpoint {
  readonly checkpointId: EventId;
  readonly flow: Operation;
  /** Code of a location: it and all below it. */
  readonly site: string;
  /** What the old interface makes of the flow in Odoo: many write consumption as inventory adjustments. */
  readonly oldFlow: Operation;
  /** Users of Odoo by which the old interface writes. */
  readonly oldUserIds: readonly number[];
  /** How far apart the two may be with the same fact. */
  readonly toleranceMs: number;
  /** How long the two must have agreed before Wardline takes over. */
  readonly agreeMs: number;
  /** In order of their moments. */
  readonly switches: readonly Switch[];
}

/** post: Wardline does; shadow: the old interface does; evidence: what Odoo holds will show who did. */
export type Decision = 'post' | 'shadow' | 'evidence';

/** A switch must be so far ahead that every transaction that could miss it is over when it takes effect. */
export const leastNoticeMs = 60_000;

/** The mode at a moment: that of the last switch not after it, LIVE before the first. */
export function modeAt(switches: readonly Switch[], at: Date): Mode {
  return switches.findLast((one) => one.at <= at)?.mode ?? 'LIVE';
}

/**
 * Who posts a movement that happened at one moment and was taken at another. Time alone decides when the mode was the same
 * from one to the other; a switch between them means that either interface may have got it.
 */
export function decide(switches: readonly Switch[], occurredAt: Date, takenAt: Date): Decision {
  const mode = modeAt(switches, occurredAt);
  if (isSwitchedBetween(switches, occurredAt, takenAt)) return 'evidence';
  return mode === 'LIVE' ? 'post' : 'shadow';
}

/** Until when a counterpart of a movement may come to light. */
export function pairUntil({ toleranceMs }: Checkpoint, occurredAt: Date, takenAt: Date): Date {
  return new Date(Math.max(occurredAt.getTime(), takenAt.getTime()) + toleranceMs);
}

/**
 * What becomes of a withheld movement whose counterpart did not come to light: Wardline posts it when its mode changed
 * between its happening and now, for then the old interface may never have got it; else it is a difference for a person.
 */
export function unpaired(switches: readonly Switch[], occurredAt: Date, until: Date): 'post' | 'alone' {
  if (isSwitchedBetween(switches, occurredAt, until)) return 'post';
  return modeAt(switches, until) === 'LIVE' ? 'post' : 'alone';
}

function isSwitchedBetween(switches: readonly Switch[], one: Date, other: Date): boolean {
  const [first, last] = one <= other ? [one, other] : [other, one];
  const modes = switches.filter(({ at }) => at > first && at <= last).map(({ mode }) => mode);
  return modes.some((mode) => mode !== modeAt(switches, first));
}

/** What a movement is to checkpoints: what it becomes in Odoo, and at which shelf. */
export interface Route {
  readonly fromLocation: string;
  readonly toLocation: string;
}

/** The shelf whose site decides: the one that is left, else the one that is come to. */
export function shelfOf({ fromLocation, toLocation }: Route): string {
  return isVirtual(fromLocation) ? toLocation : fromLocation;
}

/**
 * The checkpoint of a movement: of its flow, and of the innermost site that its shelf is in; null when there is none.
 * `pathOf` answers a location's complete name in Odoo, in which those above it come first.
 */
export function checkpointFor(
  route: Route,
  checkpoints: readonly Checkpoint[],
  pathOf: (code: string) => string | undefined,
): Checkpoint | null {
  const flow = operationOf(route.fromLocation, route.toLocation);
  const shelf = shelfOf(route);
  const path = pathOf(shelf) ?? shelf;
  const within = checkpoints
    .filter((checkpoint) => checkpoint.flow === flow)
    .map((checkpoint) => ({ checkpoint, site: pathOf(checkpoint.site) ?? checkpoint.site }))
    .filter(({ site }) => path === site || path.startsWith(`${site}/`));
  return within.toSorted((a, b) => b.site.length - a.site.length)[0]?.checkpoint ?? null;
}

/** Why a switch cannot be made, in a sentence for the person who asks; null when it can. */
export function objection(
  { switches, agreeMs, flow, site }: Checkpoint,
  wanted: Pick<Switch, 'at' | 'mode'>,
  standing: { readonly now: Date; readonly agreesSince: Date | null; readonly despite: boolean },
): string | null {
  const { now, agreesSince, despite } = standing;
  if (wanted.at.getTime() < now.getTime() + leastNoticeMs)
    return `A switch takes effect a minute from now at the earliest, ${wanted.at.toISOString()} is too soon; name a later moment.`;
  const last = switches.at(-1);
  if (last !== undefined && last.at >= wanted.at)
    return `${last.by} switched to ${last.mode} from ${last.at.toISOString()} on; name a moment after that.`;
  if ((last?.mode ?? 'LIVE') === wanted.mode) return `${flow} at ${site} is ${wanted.mode} already.`;
  if (wanted.mode === 'SHADOW' || despite) return null;
  const agreedMs = agreesSince === null ? 0 : now.getTime() - agreesSince.getTime();
  if (agreesSince !== null && agreedMs >= agreeMs) return null;
  const since =
    agreesSince === null ? 'nothing has been found to agree yet' : `they agree since ${agreesSince.toISOString()}`;
  return `The two have to agree for ${agreeMs / 3_600_000} hours before Wardline posts, and ${since}. See GET /checkpoints/<id>, settle the differences, or set "despite" and say why.`;
}
