import type { FhirElement } from '../resource/element.js';
import type { ResourceRule } from '../source/fhir-source.js';
import type { StockMeaning } from './reading.js';
import type { ResourceReader } from './resource-reader.js';

type Answer = 'DONE' | 'NOTHING' | 'ASK' | 'REVERSED';

const started: readonly [Answer, string] = ['NOTHING', 'it is not finished; the stock is booked when it is completed'];
const paused: readonly [Answer, string] = ['NOTHING', 'it is on hold; the stock is booked when it is completed'];
const planned: readonly [Answer, string] = ['NOTHING', 'it is only intended: nothing has left the stock yet'];
const undone: readonly [Answer, string] = ['NOTHING', 'it was not done: no stock was moved'];
const halted: readonly [Answer, string] = [
  'ASK',
  'it was stopped before all of it happened, and does not say how much of the stock was used by then',
];
const unknown: readonly [Answer, string] = ['ASK', 'the source does not know what became of it'];
const completed: readonly [Answer, string] = ['DONE', 'it is completed'];
const inUse: readonly [Answer, string] = ['DONE', 'the piece has been taken into use'];
const mistaken: readonly [Answer, string] = ['REVERSED', 'it was entered in error'];

type Statuses = Readonly<Record<string, readonly [Answer, string]>>;

const medication: Statuses = {
  ...{ completed, 'in-progress': started, 'on-hold': paused, stopped: halted, unknown, 'entered-in-error': mistaken },
};
const deviceUse: Statuses = {
  ...{ completed, active: inUse, stopped: inUse, 'on-hold': inUse, intended: planned, 'entered-in-error': mistaken },
};

/**
 * What each status means for the stock. Source: the required value sets of R4 (4.0.1) and R5 (5.0.0): medication-admin-status,
 * medicationdispense-status, supplydelivery-status, device-statement-status (R4), deviceusage-status (R5), event-status,
 * inventoryreport-status (R5).
 */
const statuses: Readonly<Record<string, Statuses>> = {
  MedicationAdministration: { ...medication, 'not-done': undone },
  MedicationDispense: { ...medication, preparation: started, cancelled: undone, declined: undone },
  SupplyDelivery: { completed, 'in-progress': started, abandoned: undone, 'entered-in-error': mistaken },
  DeviceUseStatement: deviceUse,
  DeviceUsage: { ...deviceUse, 'not-done': undone },
  Procedure: { ...medication, preparation: started, 'not-done': undone },
  InventoryReport: { active: completed, draft: started, requested: planned, 'entered-in-error': mistaken },
};

/** What happened, and the words of the code that says so. */
export interface Meant {
  readonly meaning: StockMeaning;
  readonly reason: string | null;
}

/**
 * What a resource means for the stock by its status, its codes and the rule of its type. `undefined`: nothing, or not to be
 * decided here; the reader's issues say which and why.
 */
export function readMeaning(reader: ResourceReader, rule: ResourceRule): Meant | 'REVERSED' | undefined {
  const status = reader.root.text('status');
  const type = reader.resource.resourceType;
  if (status === undefined)
    return reader.sender('required', 'status', `${type}.status is missing: it does not say whether it has happened.`);
  const known = statuses[type] ?? {};
  const [answer, because] = (Object.hasOwn(known, status) ? known[status] : undefined) ?? [];
  if (answer === undefined || because === undefined) {
    const codes = Object.keys(known).join(', ');
    return reader.sender('value', 'status', `"${status}" is no status of ${type} in ${reader.version} (${codes}).`);
  }
  if (answer === 'REVERSED') return 'REVERSED';
  const ruled = Object.hasOwn(rule.statuses, status) ? rule.statuses[status] : undefined;
  if (ruled !== undefined) return settled(reader, ruled, `the mapping says so of status ${status}`, null);
  if (answer === 'NOTHING' || answer === 'ASK') return settled(reader, answer, because, null);
  const coded = codedMeaning(reader, rule);
  if (coded !== undefined) return settled(reader, coded.means, `of its code ${coded.words}`, coded.words);
  return settled(reader, rule.means, because, null);
}

/** What a code of these concepts means by the rule. */
export function meaningOfCodes(
  rule: ResourceRule,
  concepts: readonly FhirElement[],
): { readonly means: StockMeaning | 'NOTHING' | 'ASK'; readonly words: string } | undefined {
  for (const coding of concepts.flatMap((concept) => concept.all('coding'))) {
    const [system, code] = [coding.text('system'), coding.text('code')];
    const match = rule.codes.find((one) => one.code === code && (one.system === undefined || one.system === system));
    if (match !== undefined) return { means: match.means, words: coding.text('display') ?? match.code };
  }
  return undefined;
}

// Which of them is one concept and which a list differs between types and releases: both are read.
const coded = ['category', 'type', 'statusReason', 'statusReasonCodeableConcept', 'usageReason', 'operationType'];

function codedMeaning({ root }: ResourceReader, rule: ResourceRule): ReturnType<typeof meaningOfCodes> {
  if (rule.codes.length === 0) return undefined;
  const concepts = coded.flatMap((name) => (Array.isArray(root.value[name]) ? root.all(name) : (root.one(name) ?? [])));
  return meaningOfCodes(rule, concepts);
}

function settled(
  reader: ResourceReader,
  meaning: StockMeaning | 'NOTHING' | 'ASK',
  because: string,
  reason: string | null,
): Meant | undefined {
  if (meaning === 'ASK')
    return reader.mapping('business-rule', 'status', `Whether stock was used cannot be said: ${because}.`);
  if (meaning !== 'NOTHING') return { meaning, reason };
  reader.note('information', 'status', `Nothing is recorded, because ${because}.`);
  return undefined;
}
