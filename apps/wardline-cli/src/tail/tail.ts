import { topicContract, type TopicContract } from '@wardline/event-contracts';
import type { InboundRecord } from '@wardline/event-handling';
import type { OffsetRange, TopicReader } from '@wardline/kafka';
import { wrongUse } from '../exit.js';
import { placeInTime } from '../records/place-in-time.js';
import { fieldsText, placeOf, shortName, type ShownRecord } from '../records/shown-record.js';
import { oneLine } from '../terminal/columns.js';
import { localTime } from '../terminal/local-time.js';

/** A topic of the catalogue by its name; throws wrong use that lists those of the same domain, or all. */
export function topicArgument(name: string, topics: readonly TopicContract[]): TopicContract {
  const found = topicContract(name);
  if (found !== undefined) return found;
  const names = topics.map((topic) => topic.name as string);
  const near = names.filter((each) => each.startsWith(name.split('.')[0] ?? ''));
  throw wrongUse(
    `there is no topic ${name} in the catalogue; there are ${(near.length > 0 ? near : names).join(', ')}`,
  );
}

/** What part of a topic is to be shown. */
export interface TailWish {
  readonly from: string | undefined;
  readonly follow: boolean;
  /** The last so many when no beginning is named. */
  readonly limit: number;
  /** Whether only some of them are wanted, so that more have to be looked at. */
  readonly filtered: boolean;
}

/** How many of the last records of a partition are looked at for those that are wanted. */
const lookedAt = 5_000;

/** The ranges to read: the last `limit` of each partition, or everything since the beginning that is named. */
export async function tailRanges(reader: TopicReader, topic: string, wish: TailWish): Promise<OffsetRange[]> {
  if (wish.from !== undefined) {
    const from = placeInTime('--from', wish.from, new Date());
    return reader.ranges([topic], from, wish.follow ? 'never' : 'end');
  }
  const kept = await reader.ranges([topic], 'beginning');
  return kept.map((range) => {
    const last = (range.to ?? range.from) - BigInt(wish.filtered ? lookedAt : wish.limit);
    return { ...range, from: last > range.from ? last : range.from };
  });
}

/** Whether a record has the key that is looked for. */
export function hasKey(wanted: string | undefined): (record: InboundRecord) => boolean {
  return wanted === undefined ? () => true : ({ key }) => key?.toString('utf8') === wanted;
}

/** A record on one line: when, where, key, what, and its fields. */
export function tailLine(record: ShownRecord): string {
  const { timestamp, key, recordType } = record;
  return oneLine(
    [localTime(timestamp), placeOf(record), key ?? '-', shortName(recordType), fieldsText(record)].join('  '),
  );
}
