import { Args, Command } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { idArgument } from '../records/search.js';
import { flattened } from '../records/shown-record.js';
import { reasonOf, ServiceRefusal } from '../services/service-client.js';
import { openSite } from '../site.js';
import { oneLine, table } from '../terminal/columns.js';
import { localTime, timeZone } from '../terminal/local-time.js';
import type { ParkedContent, ParkedMessage } from './parked-message.js';
import { holderOf } from './selection.js';

interface Try {
  readonly attempt: number;
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

interface Shown extends ParkedMessage {
  readonly service: string;
  readonly history: readonly Try[];
  readonly lineage?: Readonly<Record<string, unknown>>;
  /** Null where nobody can read it. */
  readonly content: ParkedContent | null;
}

/** `wardline parked show EXCEPTIONID`. */
export class ParkedShowCommand extends Command {
  static override summary = 'One parked message: why it waits, every try, its content with sensitive fields masked.';
  static override args = { exceptionId: Args.string({ required: true, description: 'Its exceptionId.' }) };
  static override flags = { ...commonFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ParkedShowCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const id = idArgument(args.exceptionId);
    const service = await holderOf(site, id);
    const parked = await service.get<Omit<Shown, 'service' | 'content'>>(`/parked/${id}`);
    const content = await service.get<ParkedContent>(`/parked/${id}/content`).catch((error: unknown) => {
      if (!(error instanceof ServiceRefusal)) throw error;
      site.terminal.note(`its content cannot be shown: ${reasonOf(error)}`);
      return null;
    });
    const shown: Shown = { ...parked, service: service.name, content };
    if (flags.json) site.terminal.data(JSON.stringify(shown));
    else for (const line of shownLines(shown)) site.terminal.data(line);
  }
}

function shownLines({ history, content, lineage, ...fields }: Shown): string[] {
  const changed = Object.entries(lineage ?? {}).filter(([, value]) => value !== null);
  return [
    ...fieldLines([...Object.entries(fields), ...changed]),
    '',
    ...table<Try>(
      [
        { title: 'try', value: ({ attempt }) => String(attempt), align: 'right' },
        { title: `at (${timeZone()})`, value: ({ at }) => localTime(at) },
        { title: 'code', value: ({ code }) => code },
        { title: 'why', value: ({ message }) => message },
      ],
      history,
    ),
    ...(content === null ? [] : ['', 'content', ...fieldLines(Object.entries(content.data))]),
  ];
}

function fieldLines(fields: readonly (readonly [string, unknown])[]): string[] {
  const rows = flattened(fields, '');
  return table(
    [
      { title: '', value: ([name]) => name },
      { title: '', value: ([, text]) => oneLine(text) },
    ],
    rows,
  ).slice(1);
}
