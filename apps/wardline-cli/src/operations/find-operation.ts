import { idArgument } from '../records/search.js';
import { reasonOf, ServiceRefusal, type ServiceClient } from '../services/service-client.js';
import type { Site } from '../site.js';
import type { Operation } from './operation.js';

/** The operation of an id, at whichever service it is; throws when none that answers has it. */
export async function findOperation(
  site: Site,
  text: string,
): Promise<{ readonly service: ServiceClient; readonly operation: Operation }> {
  const id = idArgument(text);
  const answers = await Promise.all(site.services.map((service) => operationAt(site, service, id)));
  const found = answers.find((answer) => answer !== null);
  if (found !== undefined && found !== null) return found;
  throw new ServiceRefusal(`no service has an operation ${id}`, 404);
}

async function operationAt(
  site: Site,
  service: ServiceClient,
  id: string,
): Promise<{ service: ServiceClient; operation: Operation } | null> {
  try {
    return { service, operation: await service.get<Operation>(`/operations/${id}`) };
  } catch (error) {
    if (!(error instanceof ServiceRefusal && error.status === 404)) site.terminal.note(reasonOf(error));
    return null;
  }
}
