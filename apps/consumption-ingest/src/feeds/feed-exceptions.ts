import {
  ConsumptionRecorded,
  ExceptionRaised,
  ExceptionResolved,
  StockOperationRecorded,
  Topic,
  type EventId,
} from '@wardline/event-contracts';
import { businessEvent, ownerOf, type BusinessEvent } from '@wardline/event-handling';
import type { JudgedFeed } from './feed-standing.js';
import type { FeedStanding, FeedTrouble } from './feed-view.store.js';
import { rangesText } from './number-ranges.js';
import { spanText } from './silence.js';

const consumer = 'consumption-ingest';

const classOf = { SILENT: 'DEPENDENCY', GAP: 'DATA', COUNTER_RESET: 'DATA' } as const;

/** Tells of a feed's trouble. No message is at fault, so it names the feed's topic, its name as the key, and itself as the message. */
export function feedTroubled(
  exceptionId: EventId,
  trouble: FeedTrouble,
  standing: FeedStanding,
  judged: JudgedFeed,
  now: Date,
): BusinessEvent {
  const topic = standing.topic === Topic.WarehouseScan ? Topic.WarehouseScan : Topic.ClinicalConsumption;
  const record = topic === Topic.WarehouseScan ? StockOperationRecorded : ConsumptionRecorded;
  return businessEvent(Topic.OperationsException, exceptionId, ExceptionRaised, {
    ...{ exceptionId, occurredAt: now, consumer, topic, partition: 0, offset: 0n, messageKey: standing.source },
    ...{ recordType: record.fullName, messageEventId: exceptionId, attempts: 1 },
    ...{ exceptionClass: classOf[trouble], code: `FEED_${trouble}` },
    owner: standing.setting?.owner ?? ownerOf.DEPENDENCY,
    message: describe[trouble](standing, judged),
  });
}

/** Tells that a trouble is over. */
export function feedWell(exceptionId: EventId, trouble: FeedTrouble, standing: FeedStanding, now: Date): BusinessEvent {
  return businessEvent(Topic.OperationsException, exceptionId, ExceptionResolved, {
    ...{ exceptionId, occurredAt: now, consumer, outcome: 'DONE', by: null },
    reason: endOf(trouble, standing, now),
  });
}

const describe: Readonly<Record<FeedTrouble, (standing: FeedStanding, judged: JudgedFeed) => string>> = {
  SILENT: ({ source, lastHeardAt }, { silence: { seconds, everySeconds } }) => {
    const heard = lastHeardAt === null ? 'never heard' : `last heard at ${lastHeardAt.toISOString()}`;
    const expected = everySeconds === null ? '' : `, expected every ${spanText(everySeconds)}`;
    return (
      `Feed ${source} is silent for ${spanText(seconds)}${expected}; ${heard}. Find out whether the source runs and reaches us: ` +
      `what it has not sent is used and not booked. Is the silence meant, say so by PUT ${path(source)}.`
    );
  },
  GAP: ({ source, missing, openGaps, ripeMissing, highest }) =>
    `Feed ${source} has counted up to ${highest}, and ${plural(missing, 'number')} in ${plural(openGaps, 'gap')} did not come, the first ` +
    `${rangesText((ripeMissing ?? []).map(([first, last]) => ({ first: BigInt(first), last: BigInt(last) })))}. Have its source send ` +
    `them again (repeats are harmless); those that never existed are accepted by POST ${path(source)}/gaps/<id>/accept.`,
  COUNTER_RESET: ({ source, restarted }) =>
    `The counter of feed ${source} began anew: from ${restarted?.from} to ${restarted?.to} at ${restarted?.at}. Its records are refused ` +
    `as DUPLICATE while their numbers were used before. Have its source count on above ${restarted?.from}, or send under a new ` +
    `source name, and send again what was refused since.`,
};

function endOf(trouble: FeedTrouble, { source, lastHeardAt, setting }: FeedStanding, now: Date): string {
  if (setting !== null && setting.mutedUntil !== null && setting.mutedUntil > now)
    return `${setting.changedBy} muted feed ${source} until ${setting.mutedUntil.toISOString()}: ${setting.reason ?? ''}`;
  if (trouble === 'GAP') return `All that was missing of feed ${source} came, or was accepted as never sent.`;
  if (trouble === 'COUNTER_RESET') return `Records of feed ${source} have numbers that were not used before.`;
  return `Feed ${source} was last heard at ${lastHeardAt?.toISOString() ?? 'no time'}, which is what is expected of it now.`;
}

function path(source: string): string {
  return `/feeds/${encodeURIComponent(source)}`;
}

function plural(amount: string | number, name: string): string {
  return `${amount} ${name}${Number(amount) === 1 ? '' : 's'}`;
}
