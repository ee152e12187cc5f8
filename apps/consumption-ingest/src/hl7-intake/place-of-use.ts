import type { Finding, ProposedConsumption, ProposedPlace } from '@wardline/hl7v2';
import type { Transaction } from '@wardline/event-handling';
import type { EncounterMovementStore } from './encounter-movement.store.js';
import type { Pseudonym } from './pseudonym.js';
import { whereabouts } from './ward-of-encounter.js';

/** An item with its place of use. */
export type PlacedConsumption = ProposedConsumption & { readonly location: ProposedPlace };

/** Items that were placed, and what is missing for the others. */
export interface Placing {
  readonly placed: readonly PlacedConsumption[];
  readonly findings: readonly Finding[];
}

/** Places items that name no place at the ward where their encounter was at the time of use. */
export class PlacesOfUse {
  constructor(
    private readonly movements: EncounterMovementStore,
    private readonly pseudonym: Pseudonym,
  ) {}

  async place(tx: Transaction, records: readonly ProposedConsumption[]): Promise<Placing> {
    const known = await this.movements.of(
      tx,
      records.flatMap((record) => this.#encounterOf(record) ?? []),
    );
    const placed: PlacedConsumption[] = [];
    const findings: Finding[] = [];
    for (const record of records) {
      const asked = this.#encounterOf(record);
      if (asked === null) {
        placed.push(record as PlacedConsumption);
        continue;
      }
      const where = whereabouts(known.get(asked.encounter) ?? [], new Date(record.occurredAt));
      if (where.ward === null) findings.push(atNoWard(record, where.because));
      else placed.push(atWard(record, where));
    }
    return { placed, findings };
  }

  #encounterOf(record: ProposedConsumption): { profile: string; encounter: string } | null {
    const { location, wardBy: profile, encounter } = record;
    if (location !== null || profile === undefined || encounter === null) return null;
    return { profile, encounter: this.pseudonym('enc', profile, encounter) };
  }
}

function atWard(
  record: ProposedConsumption,
  { ward, by, since }: { readonly ward: string; readonly by: string; readonly since: Date },
): PlacedConsumption {
  const origin = `ward of the encounter by ADT^${by} of ${since.toISOString()} from ${record.wardBy}`;
  return { ...record, location: { scheme: 'CODE', value: ward }, origins: { ...record.origins, location: origin } };
}

function atNoWard({ item, occurredAt, wardBy }: ProposedConsumption, because: string): Finding {
  const message =
    `${item}: it names no place of use, and by ${wardBy} its encounter was at no ward at ${occurredAt}: ${because}. ` +
    'The sending system must name the place, or send it again once patient administration has told of the encounter.';
  return { code: 101, owner: 'sender', item, message };
}
