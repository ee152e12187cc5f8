import { parseDateTime } from '../resource/date-time.js';
import type { FhirResource, FhirVersion } from '../resource/parse.js';
import type { FhirSource, ResourceRule } from '../source/fhir-source.js';
import { readDeviceUse, readProcedure } from './devices.js';
import { readAdministration, readDispense } from './medication.js';
import type { Issue, ProposedItem, Reading, VersionMark } from './reading.js';
import { ResourceReader } from './resource-reader.js';
import { readMeaning, type Meant } from './status.js';
import { readDelivery, readInventory } from './stock.js';
import { Surroundings } from './surroundings.js';

type Reads = (reader: ResourceReader, meant: Meant, rule: ResourceRule) => ProposedItem[];

interface TakenType {
  readonly versions: readonly FhirVersion[];
  readonly rule: keyof FhirSource['resources'];
  readonly reads: Reads;
}

const both: readonly FhirVersion[] = ['R4', 'R5'];
const taken: Readonly<Record<string, TakenType>> = {
  MedicationAdministration: { versions: both, rule: 'MedicationAdministration', reads: readAdministration },
  MedicationDispense: { versions: both, rule: 'MedicationDispense', reads: readDispense },
  SupplyDelivery: { versions: both, rule: 'SupplyDelivery', reads: readDelivery },
  DeviceUseStatement: { versions: ['R4'], rule: 'DeviceUse', reads: readDeviceUse },
  DeviceUsage: { versions: ['R5'], rule: 'DeviceUse', reads: readDeviceUse },
  Procedure: { versions: both, rule: 'Procedure', reads: readProcedure },
  InventoryReport: { versions: ['R5'], rule: 'InventoryReport', reads: readInventory },
};

/** The resource types that say something of stock in a release of FHIR. */
export function stockTypes(version: FhirVersion): string[] {
  return Object.keys(taken).filter((type) => taken[type]!.versions.includes(version));
}

/** What a mapping makes of a resource; what stands with it in its bundle resolves its references. Never throws. */
export function readResource(
  source: FhirSource,
  version: FhirVersion,
  resource: FhirResource,
  surroundings: Surroundings = Surroundings.none,
): Reading {
  const reader = new ResourceReader(source, version, resource, surroundings);
  const known = Object.hasOwn(taken, resource.resourceType) ? taken[resource.resourceType] : undefined;
  const type = known?.versions.includes(version) === true ? known : undefined;
  const rule = type && source.resources[type.rule];
  const id = identityOf(reader);
  const mark = markOf(reader);
  const { enteredInError, items } =
    type === undefined || rule === undefined ? nothing(reader, type) : itemsOf(reader, type, rule);
  if (id === null) unidentified(reader);
  const issues = once(reader.issues);
  const sound = issues.every(({ severity }) => severity !== 'error');
  return {
    ...{ fhirVersion: version, resourceType: resource.resourceType, id, mark, enteredInError, issues },
    status: reader.root.text('status') ?? null,
    items: sound ? items : [],
  };
}

type Said = Pick<Reading, 'enteredInError' | 'items'>;

function itemsOf(reader: ResourceReader, type: TakenType, rule: ResourceRule): Said {
  const meant = readMeaning(reader, rule);
  if (meant === undefined || meant === 'REVERSED') return { enteredInError: meant === 'REVERSED', items: [] };
  return { enteredInError: false, items: type.reads(reader, meant, rule) };
}

function nothing(reader: ResourceReader, type: TakenType | undefined): Said {
  notTaken(reader, type);
  return { enteredInError: false, items: [] };
}

function unidentified(reader: ResourceReader): void {
  const what = 'It has neither an id nor an identifier, so that a repeat could not be told from a second one.';
  reader.sender('required', 'id', what);
}

function notTaken(reader: ResourceReader, type: TakenType | undefined): undefined {
  const { resourceType } = reader.resource;
  if (type !== undefined)
    return reader.mapping(
      'not-supported',
      resourceType,
      `The mapping does not say what a ${resourceType} of this source means.`,
    );
  const types = stockTypes(reader.version).join(', ');
  return reader.sender(
    'not-supported',
    resourceType,
    `A ${resourceType} says nothing of stock in ${reader.version}; taken are ${types}.`,
  );
}

const idForm = /^[A-Za-z0-9\-.]{1,64}$/;

function identityOf(reader: ResourceReader): string | null {
  const { root, source } = reader;
  const id = root.text('id');
  if (id !== undefined)
    return idForm.test(id)
      ? id
      : (reader.sender('value', 'id', `"${id}" is no id of FHIR (A-Z a-z 0-9 - . up to 64).`) ?? null);
  const identifiers = root.all('identifier');
  const { identifierSystem: system } = source;
  const identifier = system === undefined ? identifiers[0] : identifiers.find((one) => one.text('system') === system);
  const value = identifier?.text('value');
  return value === undefined ? null : `${identifier?.text('system') ?? ''}|${value}`;
}

function markOf(reader: ResourceReader): VersionMark {
  const meta = reader.root.one('meta');
  const text = meta?.text('lastUpdated');
  const time = text === undefined ? undefined : parseDateTime(text);
  if (text !== undefined && time?.instant === undefined)
    reader.sender('value', 'meta.lastUpdated', `meta.lastUpdated "${text}" is no instant of FHIR.`);
  return { versionId: meta?.text('versionId') ?? null, lastUpdated: time?.instant?.toISOString() ?? null };
}

// FHIRPath names a choice by its element alone: `effective`, where JSON says `effectiveDateTime`.
const choice =
  /\b(effective|occurence|occurrence|timing|performed|medication|item|value)(\[x\]|DateTime|Period|Timing|String|Age|Range|CodeableConcept|Reference|Coding|Identifier)(?![\w])/g;

function once(issues: readonly Issue[]): Issue[] {
  const said = issues.map((issue): [string, Issue] => {
    const expression = issue.expression?.replaceAll(choice, '$1');
    return [`${expression} ${issue.diagnostics}`, expression === undefined ? issue : { ...issue, expression }];
  });
  return [...new Map(said).values()];
}
