import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnreachable, type ServiceClient } from '../services/service-client.js';
import type { Terminal } from '../terminal/terminal.js';
import { isSettled, progressText, type Operation, type OperationItem, type Outcome } from './operation.js';

const everyMs = 300;
const patienceMs = 60_000;

/**
 * Asks for an operation until it has ended or waits for approval. It runs at the service: this may be interrupted at any
 * time. A service that is away for a while is waited for; it goes on where it was.
 */
export async function followOperation(
  service: ServiceClient,
  operationId: string,
  terminal: Pick<Terminal, 'progress'>,
): Promise<Operation> {
  let lastAnswer = Date.now();
  for (;;) {
    try {
      const operation = await service.get<Operation>(`/operations/${operationId}`);
      lastAnswer = Date.now();
      if (isSettled(operation)) return operation;
      terminal.progress(`${service.name}: ${progressText(operation)}`);
    } catch (error) {
      if (!(error instanceof ServiceUnreachable) || Date.now() - lastAnswer > patienceMs) throw error;
      terminal.progress(`${service.name} does not answer; waiting for it`);
    }
    await sleep(everyMs);
  }
}

/** The messages of an operation with these outcomes, a page at a time until there are no more. */
export async function itemsOf(
  service: ServiceClient,
  operationId: string,
  outcomes: readonly Outcome[],
): Promise<OperationItem[]> {
  const items: OperationItem[] = [];
  for (const outcome of outcomes) {
    let after: string | null = null;
    do {
      const query = new URLSearchParams({ outcome, limit: '1000', ...(after === null ? {} : { after }) });
      const page: { items: OperationItem[]; cursor: string | null } = await service.get(
        `/operations/${operationId}/items?${query.toString()}`,
      );
      items.push(...page.items);
      after = page.cursor;
    } while (after !== null);
  }
  return items;
}
