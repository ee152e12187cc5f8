import { Surroundings } from '../read/surroundings.js';
import { isObject, isResource, type FhirResource, type FhirVersion, type JsonObject } from '../resource/parse.js';

/** What is asked with an entry; HTTP's methods as a Bundle writes them (R4 and R5, http-verb). */
export type EntryMethod = 'POST' | 'PUT' | 'DELETE' | 'OTHER';

/** One entry of a bundle. */
export interface BundleEntry {
  /** `Bundle.entry[2]`. */
  readonly expression: string;
  readonly method: EntryMethod;
  /** As the bundle writes it, e.g. `PUT` and `MedicationDispense/17`. */
  readonly asked: string;
  readonly resource: FhirResource | undefined;
}

/** What a bundle is for. */
export type BundleUse = 'transaction' | 'batch' | 'notification';

/** A bundle that was read, or why it cannot be. */
export type ReadBundle =
  | {
      readonly ok: true;
      readonly use: BundleUse;
      readonly entries: readonly BundleEntry[];
      readonly surroundings: Surroundings;
      /** Of a notification: resources that it names and does not bring. */
      readonly absent: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a transaction, a batch, or a notification of a subscription: in R5 a `subscription-notification` that begins with a
 * SubscriptionStatus, in R4 a `history` that begins with Parameters, or in R4B a SubscriptionStatus (Subscriptions R5
 * Backport 1.1.0). Handshakes and heartbeats are notifications without entries.
 */
export function readBundle(version: FhirVersion, bundle: FhirResource): ReadBundle {
  const type = bundle['type'];
  const all: unknown = bundle['entry'] ?? [];
  if (!Array.isArray(all) || !all.every(isObject))
    return { ok: false, problem: 'Bundle.entry must be a list of entries.' };
  const named = all.flatMap((entry: JsonObject) => {
    const { fullUrl, resource } = entry;
    return isResource(resource) ? [{ fullUrl: typeof fullUrl === 'string' ? fullUrl : undefined, resource }] : [];
  });
  const surroundings = new Surroundings(named);
  const entries = all.map((entry: JsonObject, index) => entryOf(entry, index));
  if (type === 'transaction' || type === 'batch') return { ok: true, use: type, entries, surroundings, absent: [] };
  const [status, ...rest] = entries;
  const isNotification =
    version === 'R5'
      ? type === 'subscription-notification' && status?.resource?.resourceType === 'SubscriptionStatus'
      : type === 'history' && ['Parameters', 'SubscriptionStatus'].includes(status?.resource?.resourceType ?? '');
  if (!isNotification) return { ok: false, problem: notTaken(version, type) };
  const absent = fociOf(status!.resource!).filter((focus) => surroundings.resolve(focus, bundle) === undefined);
  return { ok: true, use: 'notification', entries: rest, surroundings, absent };
}

function notTaken(version: FhirVersion, type: unknown): string {
  const notification =
    version === 'R5'
      ? 'subscription-notification that begins with a SubscriptionStatus'
      : 'history that begins with the Parameters of a notification';
  return `Bundle.type is ${JSON.stringify(type ?? null)}; taken are transaction, batch and a ${notification}.`;
}

function entryOf(entry: JsonObject, index: number): BundleEntry {
  const request = isObject(entry['request']) ? entry['request'] : {};
  const { method = 'PUT', url = '' } = request;
  return {
    expression: `Bundle.entry[${index}]`,
    method: method === 'POST' || method === 'PUT' || method === 'DELETE' ? method : 'OTHER',
    asked: `${String(method)} ${String(url)}`.trim(),
    resource: isResource(entry['resource']) ? entry['resource'] : undefined,
  };
}

/** The resources that a notification is about: `notificationEvent.focus`, in Parameters a part of that name. */
function fociOf(status: FhirResource): string[] {
  const events =
    status.resourceType === 'Parameters' ? parts(status, 'notification-event') : list(status['notificationEvent']);
  return events.flatMap((event) => {
    const focus =
      status.resourceType === 'Parameters'
        ? list(event['part']).find(({ name }) => name === 'focus')?.['valueReference']
        : event['focus'];
    const reference: unknown = isObject(focus) ? focus['reference'] : undefined;
    return typeof reference === 'string' ? [reference] : [];
  });
}

function parts(parameters: FhirResource, name: string): JsonObject[] {
  return list(parameters['parameter']).filter((parameter) => parameter['name'] === name);
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
