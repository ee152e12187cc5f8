import { shortName } from '../records/shown-record.js';
import { table } from '../terminal/columns.js';
import { localTime, timeZone } from '../terminal/local-time.js';
import type { ParkedGroup } from './parked-message.js';

/** Groups of parked messages with their service, for a person. */
export function groupLines(groups: readonly (ParkedGroup & { readonly service: string })[]): string[] {
  return table(
    [
      { title: 'service', value: ({ service }) => service },
      { title: 'owner', value: ({ owner }) => owner },
      { title: 'code', value: ({ code }) => code },
      { title: 'record', value: ({ recordType }) => shortName(recordType) },
      { title: 'parked', value: ({ parked }) => String(parked), align: 'right' },
      { title: 'retrying', value: ({ retrying }) => String(retrying), align: 'right' },
      { title: 'behind', value: ({ waitingBehind }) => String(waitingBehind), align: 'right' },
      { title: `oldest (${timeZone()})`, value: ({ oldest }) => localTime(oldest) },
      { title: 'for example', value: ({ sample }) => sample.message },
    ],
    groups,
  );
}
