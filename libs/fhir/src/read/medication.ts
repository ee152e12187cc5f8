import type { FhirElement } from '../resource/element.js';
import { readAmount } from './amount.js';
import { itemOf } from './items.js';
import { readLocation } from './location.js';
import { readOccurrence } from './occurrence.js';
import { readProduct } from './product.js';
import type { ProposedItem } from './reading.js';
import type { ResourceReader } from './resource-reader.js';
import type { Meant } from './status.js';

/**
 * A MedicationAdministration: `dosage.dose` of `medication`. R4 has `medication[x]` and `effective[x]`, R5 `medication` as a
 * CodeableReference and `occurence[x]`, spelt like that in the definition of 5.0.0.
 */
export function readAdministration(reader: ResourceReader, meant: Meant): ProposedItem[] {
  const { root, version } = reader;
  const occurrence = readOccurrence(reader, version === 'R4' ? ['effective'] : ['occurence']);
  const named = readProduct(reader, medicationOf(reader), root.at('medication'), occurrence?.day ?? latest);
  const amount = readAmount(reader, root.one('dosage')?.one('dose'), root.at('dosage.dose'));
  const location = readLocation(reader, undefined, undefined);
  const actor = root.all('performer')[0]?.one('actor');
  const performer = version === 'R4' ? actor : actor?.one('reference');
  return itemOf(reader, { line: root.expression, meant, named, amount, location, occurrence, performer });
}

/** A MedicationDispense: `quantity` of `medication`, at `location`, when it was handed over, else when it was prepared. */
export function readDispense(reader: ResourceReader, meant: Meant): ProposedItem[] {
  const { root, version } = reader;
  const times = ['whenHandedOver', 'whenPrepared', ...(version === 'R5' ? ['recorded'] : [])];
  const occurrence = readOccurrence(reader, [], times);
  const named = readProduct(reader, medicationOf(reader), root.at('medication'), occurrence?.day ?? latest);
  const amount = readAmount(reader, root.one('quantity'), root.at('quantity'));
  const location = readLocation(reader, root.one('location'), undefined);
  const performer = root.all('performer')[0]?.one('actor');
  return itemOf(reader, { line: root.expression, meant, named, amount, location, occurrence, performer });
}

/** Decides the century of a UDI's dates where the resource has no time, which is an error of its own. */
export const latest = '2026-01-01';

interface MedicationElements {
  readonly concept: FhirElement | undefined;
  readonly reference: FhirElement | undefined;
}

function medicationOf({ root, version }: ResourceReader): MedicationElements {
  if (version === 'R4')
    return { concept: root.one('medicationCodeableConcept'), reference: root.one('medicationReference') };
  const medication = root.one('medication');
  return { concept: medication?.one('concept'), reference: medication?.one('reference') };
}
