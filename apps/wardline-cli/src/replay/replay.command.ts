import { Args, Command, Flags } from '@oclif/core';
import { catalogue } from '@wardline/event-contracts';
import { TopicReader } from '@wardline/kafka';
import { CommandError, wrongUse } from '../exit.js';
import { commonFlags } from '../flags.js';
import { placeInTime } from '../records/place-in-time.js';
import type { ServiceClient } from '../services/service-client.js';
import { openSite, serviceOf, type Site } from '../site.js';
import { topicArgument } from '../tail/tail.js';
import { effective, noReport, partsOf, reportLines, together, type ReplayRange, type ReplayReport } from './replay.js';

/** `wardline replay TOPIC --from T --to-consumer SERVICE`. */
export class ReplayCommand extends Command {
  static override summary = 'Give records of a topic to one consumer again; what it has ever taken is left alone.';
  static override description =
    'A dry run comes first: the records go through the handlers in transactions that are taken back. Then it asks. ' +
    'Nothing is sent to the topic and no other consumer notices. Ends where the consumer stands: what follows comes to it by itself. ' +
    'May be broken off and repeated.';
  static override examples = [
    '<%= config.bin %> replay inventory.consumption --from 2026-11-21T08:00 --to-consumer inventory-sync --reason "handler added" --dry-run',
    '<%= config.bin %> replay erp.posting --from 3d --to 1d --to-consumer inventory-sync --reason "handler added" --yes',
  ];
  static override args = { topic: Args.string({ required: true, description: 'A topic of the catalogue.' }) };
  static override flags = {
    ...commonFlags,
    from: Flags.string({ required: true, description: 'beginning, a time, or how long ago: 15m, 2h, 3d.' }),
    to: Flags.string({ default: 'end', description: 'end, a time, or how long ago.' }),
    'to-consumer': Flags.string({
      required: true,
      description: 'The service that is given them.',
      helpValue: 'service',
    }),
    reason: Flags.string({ description: 'Why; kept with the name. Not needed for a dry run.' }),
    by: Flags.string({ description: 'Who decides; WARDLINE_BY or the name of the account when absent.' }),
    'dry-run': Flags.boolean({ description: 'Only show what would happen.' }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReplayCommand);
    const topic = topicArgument(args.topic, catalogue).name;
    const site = openSite(this.config.configDir, flags.profile);
    const service = serviceOf(site, flags['to-consumer']);
    if (flags.reason === undefined && !flags['dry-run'])
      throw wrongUse('--reason is missing: it is kept beside your name with what is given again; or add --dry-run');
    const parts = await partsAsked(site, service, topic, flags);
    const ask = { topic, by: flags.by ?? site.settings.by, reason: flags.reason ?? 'dry run' };
    const give = (dryRun: boolean) => giveAll(site, service, parts, { ...ask, dryRun });
    const dry = await give(true);
    if (flags['dry-run'] || effective(dry) === 0) return tell(site, dry, true, flags.json);
    if (!flags.yes) {
      for (const line of reportLines(dry)) site.terminal.note(line);
      if (!site.terminal.isInteractive)
        throw wrongUse(`${effective(dry)} records are new to ${service.name}: add --yes, or --dry-run to see only`);
      if (!(await site.terminal.confirm(`give ${effective(dry)} records to ${service.name}?`)))
        throw new CommandError('nothing was done');
    }
    tell(site, await give(false), false, flags.json);
  }
}

async function partsAsked(
  site: Site,
  service: ServiceClient,
  topic: string,
  flags: { readonly from: string; readonly to: string },
): Promise<ReplayRange[]> {
  const now = new Date();
  const from = placeInTime('--from', flags.from, now);
  const to = placeInTime('--to', flags.to, now);
  if (to === 'beginning') throw wrongUse('--to beginning: that is nothing');
  const settled = await service.get<{ partition: number; settled: string }[]>(`/replays/${topic}`);
  const reader = await TopicReader.open(site.kafka, site.log);
  try {
    const places = new Map(settled.map((one) => [one.partition, BigInt(one.settled)]));
    return partsOf(await reader.ranges([topic], from, to), places);
  } finally {
    await reader.close();
  }
}

interface Ask {
  readonly topic: string;
  readonly by: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

async function giveAll(
  site: Site,
  service: ServiceClient,
  parts: readonly ReplayRange[],
  ask: Ask,
): Promise<ReplayReport> {
  let report = noReport;
  for (const [index, { partition, from, to }] of parts.entries()) {
    site.terminal.progress(
      `${ask.dryRun ? 'looking at' : 'giving'} part ${index + 1} of ${parts.length}, ${report.read} records so far`,
    );
    const body = { ...ask, partition, from: String(from), to: String(to) };
    report = together(report, await service.post<ReplayReport>('/replays', body));
  }
  site.terminal.progress('');
  return report;
}

function tell(site: Site, report: ReplayReport, dryRun: boolean, json: boolean): void {
  if (json) return site.terminal.data(JSON.stringify({ dryRun, ...report }));
  for (const line of reportLines(report)) site.terminal.data(line);
  site.terminal.note(dryRun ? 'nothing was changed' : `given: ${effective(report)} new of ${report.read}`);
}
