import { catalogue } from '@wardline/event-contracts';
import { isEventId, type InboundRecord } from '@wardline/event-handling';
import { ClusterInspection } from '@wardline/kafka';
import { wrongUse } from '../exit.js';
import type { Site } from '../site.js';
import { placeInTime, sinceOfId } from './place-in-time.js';
import type { RecordStream } from './record-stream.js';
import type { ShownRecord } from './shown-record.js';

/** An id as the contracts write it; throws wrong use for a text that is no UUID. */
export function idArgument(text: string): string {
  if (isEventId(text)) return text.toLowerCase();
  throw wrongUse(`${text} is no id: give an eventId, correlationId or exceptionId, a UUID of 36 characters`);
}

/** Where to begin looking for an id: what the flag says, else what the id itself says. */
export function searchFrom(id: string, since: string | undefined, now = new Date()): 'beginning' | Date {
  if (since === undefined) return sinceOfId(id, now);
  const place = placeInTime('--since', since, now);
  if (place === 'end') throw wrongUse('--since end leaves nothing to look at');
  return place;
}

/** Every record of every topic since then that has an id somewhere in it. */
export async function search(
  site: Site,
  stream: RecordStream,
  id: string,
  from: 'beginning' | Date,
): Promise<ShownRecord[]> {
  const topics = await existingTopics(site);
  const ranges = await stream.reader.ranges(topics, from);
  const total = ranges.reduce((sum, range) => sum + (range.to ?? range.from) - range.from, 0n);
  const inBytes = Buffer.from(id);
  let seen = 0;
  // Avro writes a text as it is, so that records without the id need not be decoded.
  const mentions = ({ value }: InboundRecord): boolean => {
    seen += 1;
    if (seen % 10_000 === 0) site.terminal.progress(`looked at ${seen} of ${total} records`);
    return value?.includes(inBytes) === true;
  };
  const found: ShownRecord[] = [];
  for await (const record of stream.read(ranges, mentions)) found.push(record);
  site.terminal.progress('');
  return found.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

async function existingTopics(site: Site): Promise<string[]> {
  const cluster = await ClusterInspection.open(site.kafka, site.log);
  const topics = await cluster.topics(catalogue.map(({ name }) => name)).finally(() => cluster.close());
  return topics.map(({ name }) => name);
}
