import { CommandError, exitCode, wrongUse } from '../exit.js';
import { followOperation, itemsOf } from '../operations/follow-operation.js';
import { isAllDone, type Operation } from '../operations/operation.js';
import { reportLines, type OperationReport } from '../operations/operation-lines.js';
import type { ServiceClient } from '../services/service-client.js';
import type { Site } from '../site.js';
import { groupLines } from './group-lines.js';
import { select, type Given, type Selection } from './selection.js';

/** A decision as the flags give it. */
export interface Decision {
  readonly action: 'retry' | 'abandon';
  readonly by: string | undefined;
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly yes: boolean;
  readonly wait: boolean;
  readonly json: boolean;
}

/** Takes a decision about parked messages at each service that holds some, shows progress and tells what became of it. */
export async function decide(site: Site, given: Given, decision: Decision): Promise<void> {
  const selections = await select(site, given);
  if (selections.length === 0) {
    site.terminal.note('nothing that is parked fits');
    if (decision.json) site.terminal.data(JSON.stringify({ operations: [] }));
    return;
  }
  await confirmed(site, selections, decision);
  const by = decision.by ?? site.settings.by;
  const { action, reason, dryRun, force } = decision;
  const asked = await Promise.all(
    selections.map(async ({ service, set }) => {
      const body = { action, ...set, by, dryRun, force, ...(reason === undefined ? {} : { reason }) };
      return { service, operation: await service.post<Operation>('/operations', body) };
    }),
  );
  const reports = await Promise.all(asked.map((one) => reportOf(site, one.service, one.operation, decision.wait)));
  tell(site, reports, decision.json);
}

/** Shows what was seen and asks, where a whole list is meant and nothing can be taken back. */
async function confirmed(
  site: Site,
  selections: readonly Selection[],
  { action, dryRun, yes }: Decision,
): Promise<void> {
  const seen = selections.flatMap(({ service, groups }) =>
    groups.map((group) => ({ ...group, service: service.name })),
  );
  if (dryRun || yes || seen.length === 0) return;
  for (const line of groupLines(seen)) site.terminal.note(line);
  const count = seen.reduce((sum, { parked, retrying }) => sum + parked + retrying, 0);
  if (!site.terminal.isInteractive)
    throw wrongUse(`${action} of ${count} messages: add --yes, or --dry-run to see what would happen`);
  if (!(await site.terminal.confirm(`${action} these ${count} messages?`))) throw new CommandError('nothing was done');
}

/** Follows an operation to its end and collects the messages that a person has to hear of. */
export async function reportOf(
  site: Site,
  service: ServiceClient,
  asked: Operation,
  wait: boolean,
): Promise<OperationReport> {
  if (!wait) return { service: service.name, operation: asked, items: [] };
  const operation = await followOperation(service, asked.operationId, site.terminal);
  const told = operation.dryRun ? (['done', 'failed', 'skipped'] as const) : (['failed', 'skipped'] as const);
  return { service: service.name, operation, items: await itemsOf(service, operation.operationId, told) };
}

/** Prints the reports; exit code 1 unless all of each was done. */
export function tell(site: Site, reports: readonly OperationReport[], json: boolean): void {
  if (json) site.terminal.data(JSON.stringify({ operations: reports }));
  else for (const line of reports.flatMap(reportLines)) site.terminal.data(line);
  for (const { operation } of reports.filter((report) => report.operation.state === 'awaiting-approval'))
    site.terminal.note(
      `not begun: another person has to approve it: wardline operations approve ${operation.operationId}`,
    );
  const isOpen = ({ state }: Operation) => state === 'running';
  if (!reports.every(({ operation }) => isAllDone(operation) || isOpen(operation))) process.exitCode = exitCode.failed;
}
