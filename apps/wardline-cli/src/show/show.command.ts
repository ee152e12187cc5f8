import { Args, Command, Flags } from '@oclif/core';
import { exitCode } from '../exit.js';
import { commonFlags } from '../flags.js';
import { idArgument } from '../records/search.js';
import { flattened, placeOf, type ShownRecord } from '../records/shown-record.js';
import { openSite } from '../site.js';
import { oneLine, table } from '../terminal/columns.js';
import { localTime, timeZone } from '../terminal/local-time.js';
import { findId, type Found } from './find-id.js';

/** `wardline show ID`: exit code 1 when nothing has the id. */
export class ShowCommand extends Command {
  static override summary =
    'Where an eventId or exceptionId is, decoded: in which topics, and parked at which service.';
  static override examples = ['<%= config.bin %> show 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01'];
  static override args = { id: Args.string({ required: true, description: 'An eventId or exceptionId.' }) };
  static override flags = {
    ...commonFlags,
    since: Flags.string({ description: 'Look from here on: beginning, a time, or how long ago, like 3d.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShowCommand);
    const id = idArgument(args.id);
    const site = openSite(this.config.configDir, flags.profile);
    const found = await findId(site, id, flags.since);
    if (flags.json) site.terminal.data(JSON.stringify({ id, ...found }));
    else for (const line of foundLines(found)) site.terminal.data(line);
    if (found.records.length + found.parked.length > 0) return;
    const where =
      found.mentions > 0 ? `${found.mentions} records name it: try wardline trace ${id}` : '--since looks further back';
    site.terminal.note(`no record and no parked message has the id ${id}; ${where}`);
    process.exitCode = exitCode.failed;
  }
}

function foundLines({ records, parked, mentions }: Found): string[] {
  return [
    ...records.flatMap(recordLines),
    ...parked.flatMap(({ service, ...fields }) => [
      `parked at ${service}: ${fields.state}`,
      ...fieldLines(Object.entries(fields)),
      '',
    ]),
    ...(records.length > 0 && mentions > 0 ? [`${mentions} other records name it.`] : []),
  ];
}

function recordLines(record: ShownRecord): string[] {
  const { timestamp, key, recordType, data, unreadable } = record;
  return [
    `${placeOf(record)}  ${localTime(timestamp)} (${timeZone()})  ${recordType ?? 'unreadable'}`,
    ...fieldLines([['key', key], ...Object.entries(data ?? unreadable ?? {})]),
    '',
  ];
}

function fieldLines(fields: readonly (readonly [string, unknown])[]): string[] {
  const rows = flattened(fields, '').map(([name, text]) => ({ name: `  ${name}`, text }));
  return table(
    [
      { title: '', value: ({ name }) => name },
      { title: '', value: ({ text }) => oneLine(text) },
    ],
    rows,
  ).slice(1);
}
