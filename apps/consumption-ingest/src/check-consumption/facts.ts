import type { EventId } from '@wardline/event-contracts';
import type { SettledRecord } from '../consumption-record.js';
import type { Location, Lot, Product } from '../master-data.js';
import type { Unit } from '@wardline/units-of-measure';
import type { UnitMappings } from '../crosswalk/unit-candidates.js';

/** The products that a record's name may mean. */
export interface ProductMatch {
  readonly candidates: readonly Product[];
  /** Product code that the crosswalk gives for the name; null when it has no entry. */
  readonly crosswalkTarget: string | null;
}

/** The locations that a record's name may mean. */
export interface LocationMatch {
  readonly candidates: readonly Location[];
  /** Location code that the crosswalk gives for the name; null when it has no entry. */
  readonly crosswalkTarget: string | null;
}

/** The units that a conversion may need. */
export interface UnitBook {
  readonly units: ReadonlyMap<string, Unit>;
  readonly mappings: UnitMappings;
  /** Odoo's unit of what carries the record's code; null where it is not known. */
  readonly ofCode: string | null;
}

/** Everything that the decision about one record rests on, read in the transaction that settles it. */
export interface ConsumptionFacts {
  /** The record that has claimed this source and sequence; the record's own eventId when it is the first. */
  readonly firstOfSequence: EventId;
  /** The record that `reverses` names, where it has its terminal receipt. */
  readonly original: SettledRecord | null;
  readonly product: ProductMatch;
  readonly location: LocationMatch;
  /** Lots and serials among which are those of the candidates that carry the record's lot or serial number. */
  readonly lots: readonly Lot[];
  readonly unitBook: UnitBook;
}

/** What a decision depends on beside record and facts. */
export interface Circumstances {
  /** When this service first took the record: the now of the decision, the same on each retry. */
  readonly receivedAt: Date;
  readonly limits: TimeLimits;
}

/** How far the time of a record may lie from the time it is received, in milliseconds. */
export interface TimeLimits {
  readonly maxClockSkew: number;
  readonly maxRecordAge: number;
}
