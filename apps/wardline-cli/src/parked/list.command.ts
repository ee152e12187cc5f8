import { Command, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { shortName } from '../records/shown-record.js';
import type { ServiceClient } from '../services/service-client.js';
import { openSite, serviceOf } from '../site.js';
import { table } from '../terminal/columns.js';
import { localTime, timeZone } from '../terminal/local-time.js';
import { filterFlags, filterFrom } from './filter-flags.js';
import { queryOf, type ParkedFilter, type ParkedMessage } from './parked-message.js';

interface Row extends ParkedMessage {
  readonly service: string;
}

/** `wardline parked list`. */
export class ParkedListCommand extends Command {
  static override summary = 'Parked messages one by one, the oldest first.';
  static override examples = [
    '<%= config.bin %> parked list --owner master-data',
    '<%= config.bin %> parked list --state done,abandoned',
  ];
  static override flags = {
    ...commonFlags,
    ...filterFlags,
    state: Flags.string({
      description: 'waiting, parked, retrying (these three when absent), done, abandoned, superseded.',
    }),
    limit: Flags.integer({ char: 'n', min: 1, default: 100, description: 'Messages at most of each service.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ParkedListCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const services = flags.service === undefined ? site.services : [serviceOf(site, flags.service)];
    const filter = { ...filterFrom(flags), ...(flags.state === undefined ? {} : { state: flags.state }) };
    const rows = (await Promise.all(services.map((service) => listOf(service, filter, flags.limit)))).flat();
    if (flags.json) for (const row of rows) site.terminal.data(JSON.stringify(row));
    else for (const line of listLines(rows)) site.terminal.data(line);
    if (rows.length === 0) site.terminal.note('nothing that is parked fits');
  }
}

async function listOf(service: ServiceClient, filter: ParkedFilter, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = '0';
  while (after !== null && rows.length < limit) {
    const page: { items: ParkedMessage[]; cursor: string | null } = await service.get(
      `/parked${queryOf(filter, { after, limit: String(Math.min(1_000, limit - rows.length)) })}`,
    );
    rows.push(...page.items.map((item) => ({ ...item, service: service.name })));
    after = page.cursor;
  }
  return rows;
}

function listLines(rows: readonly Row[]): string[] {
  return table<Row>(
    [
      { title: `parked (${timeZone()})`, value: ({ parkedAt }) => localTime(parkedAt) },
      { title: 'service', value: ({ service }) => service },
      { title: 'exceptionId', value: ({ exceptionId }) => exceptionId },
      { title: 'state', value: ({ state }) => state },
      { title: 'owner', value: ({ owner }) => owner ?? '-' },
      { title: 'code', value: ({ code }) => code ?? '-' },
      { title: 'record', value: ({ recordType }) => shortName(recordType) },
      { title: 'key', value: ({ key }) => key ?? '-' },
      { title: 'tries', value: ({ attempts }) => String(attempts), align: 'right' },
      { title: 'why', value: ({ message }) => message ?? '-' },
    ],
    rows,
  );
}
