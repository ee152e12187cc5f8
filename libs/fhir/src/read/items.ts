import type { FhirElement } from '../resource/element.js';
import type { Amount } from './amount.js';
import { encounterOf } from './location.js';
import type { Occurrence } from './occurrence.js';
import type { NamedProduct } from './product.js';
import type { ProposedItem, ProposedLocation } from './reading.js';
import type { ResourceReader } from './resource-reader.js';
import type { Meant } from './status.js';

/** What one line of a resource says. */
export interface Line {
  readonly line: string;
  readonly meant: Meant;
  readonly named: NamedProduct | undefined;
  readonly amount: Amount | undefined;
  readonly location: ProposedLocation | undefined;
  readonly toLocation?: ProposedLocation | undefined;
  readonly occurrence: Occurrence | undefined;
  readonly performer?: FhirElement | undefined;
}

/** The item of a line; none where something of it is missing, which the issues then say. */
export function itemOf(reader: ResourceReader, line: Line): ProposedItem[] {
  const { meant, named, amount, location, toLocation = null, occurrence, performer } = line;
  if (!named || !amount || !location || !occurrence) return [];
  const encounter = encounterOf(reader);
  return [
    {
      line: line.line,
      meaning: meant.meaning,
      ...named,
      location,
      toLocation,
      ...amount,
      occurredAt: occurrence.occurredAt,
      precision: occurrence.precision,
      encounter: encounter === undefined ? null : referenceOf(encounter),
      performer: performer === undefined ? null : staffOf(performer),
      reason: meant.reason,
      reference: reader.root.all('identifier')[0]?.text('value') ?? null,
    },
  ];
}

function referenceOf(reference: FhirElement): string | null {
  return reference.text('reference') ?? reference.one('identifier')?.text('value') ?? null;
}

// A patient or relative may stand where staff is meant; patients are not taken over.
function staffOf(reference: FhirElement): string | null {
  const name = referenceOf(reference);
  return name === null || /(^|\/)(Patient|RelatedPerson)\//.test(name) ? null : name;
}
