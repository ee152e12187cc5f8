import { Command, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { openSite, serviceOf } from '../site.js';
import { table } from '../terminal/columns.js';
import { localTime, timeZone } from '../terminal/local-time.js';
import { progressText, type Operation } from './operation.js';

interface Row extends Operation {
  readonly service: string;
}

/** `wardline operations list`. */
export class OperationsListCommand extends Command {
  static override summary = 'What was decided about parked messages, the newest first.';
  static override flags = {
    ...commonFlags,
    service: Flags.string({ description: 'Only those of this service.' }),
    state: Flags.string({ description: 'awaiting-approval, running, finished, cancelled.' }),
    limit: Flags.integer({
      char: 'n',
      min: 1,
      max: 1_000,
      default: 20,
      description: 'Operations at most of each service.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(OperationsListCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const services = flags.service === undefined ? site.services : [serviceOf(site, flags.service)];
    const query = new URLSearchParams({ limit: String(flags.limit), ...(flags.state && { state: flags.state }) });
    const pages = await Promise.all(
      services.map(async (service) => {
        const { items } = await service.get<{ items: Operation[] }>(`/operations?${query.toString()}`);
        return items.map((operation) => ({ ...operation, service: service.name }));
      }),
    );
    const rows = pages.flat().sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
    if (flags.json) for (const row of rows) site.terminal.data(JSON.stringify(row));
    else for (const line of listLines(rows)) site.terminal.data(line);
    if (rows.length === 0) site.terminal.note('nothing was decided yet');
  }
}

function listLines(rows: readonly Row[]): string[] {
  return table<Row>(
    [
      { title: `asked (${timeZone()})`, value: ({ requestedAt }) => localTime(requestedAt) },
      { title: 'service', value: ({ service }) => service },
      { title: 'operationId', value: ({ operationId }) => operationId },
      { title: 'state', value: ({ state }) => state },
      { title: 'by', value: ({ by, approvedBy }) => (approvedBy === null ? by : `${by}, approved by ${approvedBy}`) },
      { title: 'what', value: progressText },
      { title: 'why', value: ({ reason }) => reason ?? '-' },
    ],
    rows,
  );
}
