import { wrongUse } from '../exit.js';
import { idArgument } from '../records/search.js';
import { reasonOf, ServiceRefusal, ServiceUnreachable, type ServiceClient } from '../services/service-client.js';
import { serviceOf, type Site } from '../site.js';
import { filterFrom, type GivenFilter } from './filter-flags.js';
import { queryOf, type ParkedGroup, type ParkedGroups } from './parked-message.js';

/** Messages of one service that a decision is about: exactly those seen, or those named. */
export interface Selection {
  readonly service: ServiceClient;
  readonly set: { readonly snapshot: string } | { readonly exceptionIds: readonly string[] };
  /** What was seen, where it was a list. */
  readonly groups: readonly ParkedGroup[];
}

/** What a person gave to say which messages are meant. */
export interface Given extends GivenFilter {
  readonly exceptionIds: readonly string[];
  readonly snapshot?: string | undefined;
  readonly all?: boolean;
}

/**
 * Finds out which messages are meant: those named, wherever they are; those of a snapshot; or what the filter finds now at
 * each service. Throws wrong use where nothing, or two things, are given.
 */
export async function select(site: Site, given: Given): Promise<Selection[]> {
  const filter = filterFrom(given);
  const hasFilter = Object.keys(filter).length > 0 || given.all === true;
  const ways = [given.exceptionIds.length > 0, given.snapshot !== undefined, hasFilter].filter(Boolean).length;
  if (ways !== 1)
    throw wrongUse(
      'say which messages: exceptionIds, or --snapshot with --service, or a filter such as --code; --all for all',
    );
  if (given.exceptionIds.length > 0) return byId(site, given.exceptionIds, given.service);
  if (given.snapshot !== undefined) {
    if (given.service === undefined) throw wrongUse('--snapshot names messages of one service: give it with --service');
    return [{ service: serviceOf(site, given.service), set: { snapshot: given.snapshot }, groups: [] }];
  }
  const seen = await groupsOf(site, given);
  return seen
    .filter(({ groups }) => groups.length > 0)
    .map(({ service, snapshot, groups }) => ({ service, set: { snapshot }, groups }));
}

/** What each service, or the one named, has parked of a filter; one that does not answer is noted. */
export async function groupsOf(site: Site, given: GivenFilter): Promise<(ParkedGroups & { service: ServiceClient })[]> {
  const services = given.service === undefined ? site.services : [serviceOf(site, given.service)];
  const path = `/parked/groups${queryOf(filterFrom(given))}`;
  const asked = await Promise.all(services.map((service) => answerOf(site, service, path)));
  return asked.filter((answer) => answer !== null);
}

async function answerOf(
  site: Site,
  service: ServiceClient,
  path: string,
): Promise<(ParkedGroups & { service: ServiceClient }) | null> {
  try {
    return { ...(await service.get<ParkedGroups>(path)), service };
  } catch (error) {
    if (!(error instanceof ServiceUnreachable)) throw error;
    site.terminal.note(reasonOf(error));
    process.exitCode = 1;
    return null;
  }
}

async function byId(site: Site, ids: readonly string[], name: string | undefined): Promise<Selection[]> {
  const exceptionIds = [...new Set(ids.map(idArgument))];
  const holders = await Promise.all(exceptionIds.map((id) => holderOf(site, id, name)));
  const byService = new Map<ServiceClient, string[]>();
  exceptionIds.forEach((id, index) => {
    const holder = holders[index]!;
    byService.set(holder, [...(byService.get(holder) ?? []), id]);
  });
  return [...byService].map(([service, held]) => ({ service, set: { exceptionIds: held }, groups: [] }));
}

/** The service that holds a parked message; throws when none that answers does. */
export async function holderOf(site: Site, exceptionId: string, name?: string): Promise<ServiceClient> {
  const services = name === undefined ? site.services : [serviceOf(site, name)];
  const holders = await Promise.all(services.map((service) => holds(site, service, exceptionId)));
  const holder = services.find((_, index) => holders[index] === true);
  if (holder !== undefined) return holder;
  const asked = services.map((service) => service.name).join(', ');
  throw new ServiceRefusal(`no parked message has the exception id ${exceptionId} at ${asked}`, 404);
}

async function holds(site: Site, service: ServiceClient, exceptionId: string): Promise<boolean> {
  try {
    await service.get(`/parked/${exceptionId}`);
    return true;
  } catch (error) {
    if (!(error instanceof ServiceRefusal && error.status === 404)) site.terminal.note(reasonOf(error));
    return false;
  }
}
