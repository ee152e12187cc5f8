import type { FhirElement } from '../resource/element.js';
import type { ProposedLocation } from './reading.js';
import { named, type ResourceReader } from './resource-reader.js';

/**
 * Where it was: the first of these that is given. The extension that the mapping names; the element of the resource that
 * means a place; the location of a device; the location of the encounter; the default of the mapping. An element that is
 * given and cannot be resolved is an error, never passed over for the next one.
 */
export function readLocation(
  reader: ResourceReader,
  element: FhirElement | undefined,
  device: FhirElement | undefined,
): ProposedLocation | undefined {
  const extension = locationExtension(reader);
  if (extension !== undefined) return extension === 'wrong' ? undefined : extension;
  if (element !== undefined) return locationOf(reader, element);
  const deviceAt = device?.one('location');
  if (deviceAt !== undefined) return locationOf(reader, deviceAt);
  const ward = encounterLocation(reader);
  if (ward !== undefined) return locationOf(reader, ward);
  const { defaultLocation, name } = reader.source;
  if (defaultLocation !== undefined) return defaultLocation;
  return reader.mapping(
    'required',
    reader.resource.resourceType,
    `Nothing in it says where it was, and the mapping ${name} has no default location.`,
  );
}

/** The encounter's reference as the source writes it; `context` in R4, `encounter` in R5 and in a Procedure. */
export function encounterOf({ root }: ResourceReader): FhirElement | undefined {
  return root.one('encounter') ?? root.one('context');
}

/** The location that a Reference names: by its identifier, by the mapping, or by the Location that comes with it. */
export function locationOf(reader: ResourceReader, reference: FhirElement): ProposedLocation | undefined {
  const { locationReferences } = reader.source;
  const identifier = reference.one('identifier');
  const told = identifier === undefined ? undefined : byIdentifier(reader, [identifier]);
  const known = locationReferences[reference.text('reference') ?? ''];
  const target = reader.resolve(reference);
  const found = told ?? known ?? (target === undefined ? undefined : byIdentifier(reader, target.all('identifier')));
  if (found !== undefined) return found;
  return reader.mapping(
    'not-found',
    reference.expression,
    `${reference.expression} is ${named(reference)}, for which neither the resources that came with it nor the mapping have a location code.`,
  );
}

function byIdentifier(
  { source }: ResourceReader,
  identifiers: readonly FhirElement[],
  name: 'value' | 'code' = 'value',
): ProposedLocation | undefined {
  for (const { system, scheme } of source.locations) {
    const value = identifiers.find((one) => one.text('system') === system)?.text(name);
    if (value !== undefined) return { scheme, value };
  }
  return undefined;
}

function locationExtension(reader: ResourceReader): ProposedLocation | 'wrong' | undefined {
  const url = reader.source.locationExtension;
  const extension = reader.root.all('extension').find((one) => url !== undefined && one.text('url') === url);
  if (extension === undefined) return undefined;
  const reference = extension.one('valueReference');
  if (reference !== undefined) return locationOf(reader, reference) ?? 'wrong';
  const identifier = extension.one('valueIdentifier');
  const coding = extension.one('valueCoding');
  const concept = extension.one('valueCodeableConcept');
  const found =
    (identifier && byIdentifier(reader, [identifier])) ??
    byIdentifier(reader, coding === undefined ? (concept?.all('coding') ?? []) : [coding], 'code');
  if (found !== undefined) return found;
  reader.mapping('not-found', extension.expression, `${extension.expression} has no location code of the mapping.`);
  return 'wrong';
}

/** Where the patient of the encounter is: its one active location, or its only one. */
function encounterLocation(reader: ResourceReader): FhirElement | undefined {
  const reference = encounterOf(reader);
  const encounter = reference === undefined ? undefined : reader.resolve(reference);
  const places = encounter?.all('location') ?? [];
  const active = places.filter((place) => place.text('status') === 'active');
  const one = active.length === 1 ? active[0] : places.length === 1 ? places[0] : undefined;
  return one?.one('location');
}
