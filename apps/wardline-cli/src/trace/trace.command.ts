import { Args, Command, Flags } from '@oclif/core';
import { CommandError } from '../exit.js';
import { commonFlags } from '../flags.js';
import { RecordStream } from '../records/record-stream.js';
import { idArgument, search, searchFrom } from '../records/search.js';
import { fieldsText, placeOf, shortName, textOf } from '../records/shown-record.js';
import { openSite, type Site } from '../site.js';
import { table } from '../terminal/columns.js';
import { duration, localTime, timeZone } from '../terminal/local-time.js';
import { correlationOf, timeline, type Step } from './timeline.js';

/** `wardline trace ID`. */
export class TraceCommand extends Command {
  static override summary = 'One business fact across all services as a timeline, with the delay of each step.';
  static override description =
    'ID is the correlationId, or the eventId or exceptionId of any of its steps. An id that does not tell its time is looked ' +
    'for in the last day; --since says otherwise.';
  static override examples = ['<%= config.bin %> trace 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01'];
  static override args = { id: Args.string({ required: true, description: 'Any id of the fact.' }) };
  static override flags = {
    ...commonFlags,
    since: Flags.string({ description: 'Look from here on: beginning, a time, or how long ago, like 3d.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TraceCommand);
    const id = idArgument(args.id);
    const site = openSite(this.config.configDir, flags.profile);
    const { correlationId, steps } = await trace(site, id, flags.since);
    if (flags.json) site.terminal.data(JSON.stringify({ correlationId, steps }));
    else for (const line of traceLines(correlationId, steps)) site.terminal.data(line);
  }
}

async function trace(
  site: Site,
  id: string,
  since: string | undefined,
): Promise<{ correlationId: string; steps: Step[] }> {
  const stream = await RecordStream.open(site);
  try {
    const from = searchFrom(id, since);
    const mentioning = await search(site, stream, id, from);
    const correlationId = correlationOf(id, mentioning);
    if (correlationId === null) {
      const when = from === 'beginning' ? 'any time' : `since ${localTime(from)} (${timeZone()})`;
      throw new CommandError(`no record of ${when} has the id ${id}; --since looks further back`);
    }
    const all =
      correlationId === id ? mentioning : await search(site, stream, correlationId, searchFrom(correlationId, since));
    return { correlationId, steps: timeline(correlationId, all) };
  } finally {
    await stream.close();
  }
}

function traceLines(correlationId: string, steps: readonly Step[]): string[] {
  const took = steps.at(-1)?.sinceFirstMs ?? 0;
  return [
    `correlation ${correlationId}: ${steps.length} records in ${duration(took)}`,
    '',
    ...table<Step>(
      [
        { title: `time (${timeZone()})`, value: ({ record }) => localTime(record.timestamp) },
        { title: 'after', value: ({ sinceFirstMs }) => duration(sinceFirstMs), align: 'right' },
        {
          title: 'cause +',
          value: ({ sinceCauseMs }) => (sinceCauseMs === null ? '-' : duration(sinceCauseMs)),
          align: 'right',
        },
        { title: 'from', value: ({ record }) => textOf(record, 'source') ?? '-' },
        { title: 'record', value: ({ record, depth }) => `${'· '.repeat(depth)}${shortName(record.recordType)}` },
        { title: 'place', value: ({ record }) => placeOf(record) },
        { title: 'fields', value: ({ record }) => fieldsText(record) },
      ],
      steps,
    ),
  ];
}
