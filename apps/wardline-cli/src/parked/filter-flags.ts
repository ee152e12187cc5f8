import { Flags } from '@oclif/core';
import { recordTypes } from '@wardline/event-contracts';
import { shortName } from '../records/shown-record.js';
import type { ParkedFilter } from './parked-message.js';

/** Flags that say which parked messages are meant. */
export const filterFlags = {
  service: Flags.string({ description: 'Only those of this service.' }),
  owner: Flags.string({ description: 'Whose job it is: master-data, stores, platform, …' }),
  code: Flags.string({ description: 'Why, such as UNKNOWN_PRODUCT.' }),
  class: Flags.string({
    description: 'What kind of failure.',
    options: ['TECHNICAL', 'DEPENDENCY', 'DATA', 'BUSINESS', 'AUTHORISATION'],
  }),
  topic: Flags.string({ description: 'The topic that they came from.' }),
  type: Flags.string({ description: 'Their record type, such as ConsumptionRecorded.' }),
  key: Flags.string({ description: 'Their message key.' }),
};

/** The flags as given. */
export interface GivenFilter {
  readonly service?: string | undefined;
  readonly owner?: string | undefined;
  readonly code?: string | undefined;
  readonly class?: string | undefined;
  readonly topic?: string | undefined;
  readonly type?: string | undefined;
  readonly key?: string | undefined;
}

/** The filter that the flags make; the short name of a record type of the catalogue is made full. */
export function filterFrom({ owner, code, class: kind, topic, type, key }: GivenFilter): ParkedFilter {
  const full = [...recordTypes.keys()].find((name) => shortName(name) === type) ?? type;
  const given = { owner, code, class: kind, topic, recordType: full, key };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
