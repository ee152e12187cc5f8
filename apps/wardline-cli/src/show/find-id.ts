import { RecordStream } from '../records/record-stream.js';
import { search, searchFrom } from '../records/search.js';
import { textOf, type ShownRecord } from '../records/shown-record.js';
import { reasonOf, ServiceRefusal, type ServiceClient } from '../services/service-client.js';
import type { Site } from '../site.js';

/** A message that a service has parked, with its tries. */
export interface ParkedAt {
  readonly service: string;
  readonly exceptionId: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

/** Where an id stands. */
export interface Found {
  /** The records that have it as their eventId. */
  readonly records: readonly ShownRecord[];
  /** The parked messages that have it as their exceptionId, or that hold the event. */
  readonly parked: readonly ParkedAt[];
  /** How many other records name it, as their cause or correlation. */
  readonly mentions: number;
}

/** Looks for an eventId or exceptionId in every topic and at every service. */
export async function findId(site: Site, id: string, since: string | undefined): Promise<Found> {
  const [mentioning, byExceptionId] = await Promise.all([
    inTopics(site, id, since),
    Promise.all(site.services.map((service) => parkedAt(site, service, id))),
  ]);
  const records = mentioning.filter((record) => textOf(record, 'eventId') === id);
  const raised = mentioning.filter((record) => textOf(record, 'messageEventId') === id);
  const heldFor = await Promise.all(raised.map((record) => parkedOf(site, record)));
  const parked = [...byExceptionId, ...heldFor].filter((one) => one !== null);
  const distinct = [...new Map(parked.map((one) => [one.exceptionId, one])).values()];
  return { records, parked: distinct, mentions: mentioning.length - records.length };
}

async function inTopics(site: Site, id: string, since: string | undefined): Promise<ShownRecord[]> {
  const stream = await RecordStream.open(site);
  return search(site, stream, id, searchFrom(id, since)).finally(() => stream.close());
}

function parkedOf(site: Site, raised: ShownRecord): Promise<ParkedAt | null> {
  const service = site.services.find(({ name }) => name === textOf(raised, 'consumer'));
  const exceptionId = textOf(raised, 'exceptionId');
  return service === undefined || exceptionId === null ? Promise.resolve(null) : parkedAt(site, service, exceptionId);
}

async function parkedAt(site: Site, service: ServiceClient, exceptionId: string): Promise<ParkedAt | null> {
  try {
    return {
      ...(await service.get<Omit<ParkedAt, 'service'>>(`/parked/${exceptionId}`)),
      service: service.name,
    } as ParkedAt;
  } catch (error) {
    if (!(error instanceof ServiceRefusal && error.status === 404)) site.terminal.note(reasonOf(error));
    return null;
  }
}
