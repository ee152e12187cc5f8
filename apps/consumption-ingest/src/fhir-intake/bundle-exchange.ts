import {
  operationOutcome,
  readResource,
  responseBundle,
  stockTypes,
  type BundleEntry,
  type EntryAnswer,
  type FhirSource,
  type FhirVersion,
  type Issue,
  type ReadBundle,
  type Reading,
  type Surroundings,
} from '@wardline/fhir';
import { errorOf, inEntry, locationOf, statusOf, type FhirAnswer } from './fhir-answer.js';
import type { FhirIntake, Taken } from './fhir-intake.js';

/** A bundle that was read, and whose it is. */
export interface ReceivedBundle {
  readonly source: FhirSource;
  readonly version: FhirVersion;
  readonly bundle: Extract<ReadBundle, { ok: true }>;
  /** Answers for an entry that could not be taken for a reason of ours; it throws what is no such reason. */
  readonly failed: (error: unknown) => EntryAnswer;
}

/** An entry that is to be taken, or its answer already. */
type Read =
  | { readonly entry: BundleEntry; readonly reading: Reading }
  | { readonly entry: BundleEntry; readonly answer: EntryAnswer };

/** Takes a transaction whole or not at all (R4 and R5, "RESTful API", transaction). */
export async function exchangeTransaction(intake: FhirIntake, received: ReceivedBundle): Promise<FhirAnswer> {
  const { source, version, bundle } = received;
  const read = bundle.entries.map((entry) => readEntry(source, version, entry, bundle.surroundings));
  const barred = [...read.flatMap(answered).filter(isWrong), ...sameTwice(read)];
  if (barred.length > 0) return { status: 422, body: operationOutcome(barred.flatMap(({ issues }) => issues)) };
  const readings = read.flatMap((one) => ('reading' in one ? [one.reading] : []));
  const taken = (await intake.take(source.name, readings)).values();
  const answers = read.map((one) =>
    'answer' in one ? one.answer : entryAnswer(version, one.entry, taken.next().value!),
  );
  const wrong = answers.filter(isWrong);
  if (wrong.length === 0) return { status: 200, body: responseBundle('transaction', answers) };
  const issues = wrong.flatMap((answer) => answer.issues.filter(({ severity }) => severity === 'error'));
  const conflict = wrong.every(({ status }) => status.startsWith('409') || status.startsWith('424'));
  return { status: conflict ? 409 : 422, body: operationOutcome(issues) };
}

/** Takes the entries of a batch one by one. */
export async function exchangeBatch(intake: FhirIntake, received: ReceivedBundle): Promise<FhirAnswer> {
  return { status: 200, body: responseBundle('batch', await oneByOne(intake, received)) };
}

/**
 * Takes what a notification brings, one by one: a good resource does not wait for a bad one, and what was taken is known
 * when the notification is repeated. The answer is an error when something of it was not taken.
 */
export async function exchangeNotification(intake: FhirIntake, received: ReceivedBundle): Promise<FhirAnswer> {
  const answers = await oneByOne(intake, received);
  const absent = received.bundle.absent.map((focus) =>
    errorOf(
      'not-found',
      `The notification is about ${focus} and does not bring it. The subscription must send full resources (payload content "full-resource").`,
      'Bundle.entry[0].resource',
    ),
  );
  const wrong = answers.filter(isWrong);
  const issues = [...absent, ...answers.flatMap((answer) => answer.issues)];
  const away = wrong.some(({ status }) => status.startsWith('503'));
  return { status: away ? 503 : wrong.length + absent.length > 0 ? 422 : 200, body: operationOutcome(issues) };
}

async function oneByOne(
  intake: FhirIntake,
  { source, version, bundle, failed }: ReceivedBundle,
): Promise<EntryAnswer[]> {
  const answers: EntryAnswer[] = [];
  for (const entry of bundle.entries) {
    const read = readEntry(source, version, entry, bundle.surroundings);
    answers.push(
      'answer' in read
        ? read.answer
        : await intake.take(source.name, [read.reading]).then(([taken]) => entryAnswer(version, entry, taken!), failed),
    );
  }
  return answers;
}

function readEntry(source: FhirSource, version: FhirVersion, entry: BundleEntry, surroundings: Surroundings): Read {
  const { resource, expression, method, asked } = entry;
  const wrong = (status: string, issue: Issue): Read => ({ entry, answer: { status, issues: [issue] } });
  if (method === 'DELETE' || method === 'OTHER') {
    const remedy = method === 'DELETE' ? ' What was a mistake is sent with status entered-in-error.' : '';
    return wrong(
      '405 Method Not Allowed',
      errorOf('not-supported', `"${asked}" is not taken here, only POST and PUT.${remedy}`, expression),
    );
  }
  if (resource === undefined)
    return wrong('400 Bad Request', errorOf('required', `${expression} brings no resource.`, expression));
  if (!stockTypes(version).includes(resource.resourceType)) {
    const diagnostics = `The ${resource.resourceType} was only used to read the other entries; it is not kept.`;
    return wrong('200 OK', { ...errorOf('informational', diagnostics, expression), severity: 'information' });
  }
  const due = `${resource.resourceType}/${String(resource['id'])}`;
  if (method === 'PUT' && asked !== 'PUT' && asked.slice(4) !== due)
    return wrong(
      '400 Bad Request',
      errorOf('invalid', `"${asked}" brings ${due}; both must name one resource.`, expression),
    );
  return { entry, reading: readResource(source, version, resource, surroundings) };
}

function entryAnswer(version: FhirVersion, { expression }: BundleEntry, taken: Taken): EntryAnswer {
  const [code, words] = statusOf(taken);
  return {
    status: `${code} ${words}`,
    location: locationOf(version, taken),
    issues: inEntry(expression, taken.issues),
  };
}

/** FHIR forbids a transaction to name one resource twice: which of them should count? */
function sameTwice(read: readonly Read[]): EntryAnswer[] {
  const seen = new Set<string>();
  return read.flatMap((one) => {
    if (!('reading' in one) || one.reading.id === null) return [];
    const name = `${one.reading.resourceType}/${one.reading.id}`;
    const diagnostics = `${name} stands twice in the transaction. The sending system must send each resource once.`;
    const again = seen.has(name);
    seen.add(name);
    return again
      ? [{ status: '400 Bad Request', issues: [errorOf('duplicate', diagnostics, one.entry.expression)] }]
      : [];
  });
}

const answered = (read: Read): EntryAnswer[] => ('answer' in read ? [read.answer] : []);

const isWrong = ({ status }: EntryAnswer): boolean => !status.startsWith('2');
