import { Args, Command, Flags } from '@oclif/core';
import { catalogue } from '@wardline/event-contracts';
import { commonFlags } from '../flags.js';
import { RecordStream } from '../records/record-stream.js';
import { shortName, type ShownRecord } from '../records/shown-record.js';
import { openSite } from '../site.js';
import { timeZone } from '../terminal/local-time.js';
import { hasKey, tailLine, tailRanges, topicArgument, type TailWish } from './tail.js';

/** `wardline tail TOPIC`. */
export class TailCommand extends Command {
  static override summary = 'The records of a topic, decoded, sensitive fields masked.';
  static override description =
    'Without --from the last ones and an end; with it everything since. Joins no consumer group and moves nobody.';
  static override examples = [
    '<%= config.bin %> tail clinical.consumption',
    '<%= config.bin %> tail inventory.stock --from 15m --follow',
    '<%= config.bin %> tail erp.posting --from 2026-11-21T08:00 --type PostingRefused --json',
  ];
  static override args = { topic: Args.string({ required: true, description: 'A topic of the catalogue.' }) };
  static override flags = {
    ...commonFlags,
    from: Flags.string({ description: 'beginning, end, a time, or how long ago: 15m, 2h, 3d.' }),
    follow: Flags.boolean({ char: 'f', description: 'Go on with what comes, until interrupted.' }),
    limit: Flags.integer({ char: 'n', min: 1, description: 'Records at most; 10 without --from.' }),
    type: Flags.string({ description: 'Only records of this type, such as StockMoved.' }),
    key: Flags.string({ description: 'Only records of this key.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TailCommand);
    const topic = topicArgument(args.topic, catalogue);
    const site = openSite(this.config.configDir, flags.profile);
    const show = (record: ShownRecord) => site.terminal.data(flags.json ? JSON.stringify(record) : tailLine(record));
    const isWanted = ({ recordType }: ShownRecord) =>
      flags.type === undefined || recordType === flags.type || shortName(recordType) === flags.type;
    if (!flags.json) site.terminal.note(`times in ${timeZone()}`);
    const stream = await RecordStream.open(site);
    try {
      const filtered = flags.type !== undefined || flags.key !== undefined;
      const wish = { from: flags.from, follow: flags.follow, limit: flags.limit ?? 10, given: flags.limit, filtered };
      await tail(stream, topic.name, { ...wish, key: hasKey(flags.key), isWanted, show });
    } finally {
      await stream.close();
    }
  }
}

interface Tailing extends TailWish {
  readonly given: number | undefined;
  readonly key: Parameters<RecordStream['read']>[1];
  readonly isWanted: (record: ShownRecord) => boolean;
  readonly show: (record: ShownRecord) => void;
}

/** Shows the last ones in the order of their times, or, from a beginning on, each as it comes. */
async function tail(stream: RecordStream, topic: string, wish: Tailing): Promise<void> {
  const ranges = await tailRanges(stream.reader, topic, wish);
  if (wish.from === undefined) {
    const last: ShownRecord[] = [];
    for await (const record of stream.read(ranges, wish.key)) if (wish.isWanted(record)) last.push(record);
    last.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
    for (const record of last.slice(-wish.limit)) wish.show(record);
    if (!wish.follow) return;
  }
  const rest =
    wish.from === undefined ? ranges.map((range) => ({ ...range, from: range.to ?? range.from, to: null })) : ranges;
  let left = wish.from === undefined ? Infinity : (wish.given ?? Infinity);
  for await (const record of stream.read(rest, wish.key)) {
    if (!wish.isWanted(record)) continue;
    wish.show(record);
    if (--left === 0) return;
  }
}
