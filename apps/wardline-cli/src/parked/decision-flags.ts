import { Args, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { filterFlags } from './filter-flags.js';

/** The exceptionIds of a decision; as many as are given. */
export const exceptionIdArgs = {
  exceptionId: Args.string({ description: 'Messages by their exceptionId, as many as you like.' }),
};

/** Flags of every decision about parked messages. */
export const decisionFlags = {
  ...commonFlags,
  ...filterFlags,
  all: Flags.boolean({ description: 'Everything that is parked (at --service, where given).' }),
  snapshot: Flags.string({ description: 'Exactly the set that parked groups --json has shown; with --service.' }),
  by: Flags.string({ description: 'Who decides; WARDLINE_BY or the name of the account when absent.' }),
  'dry-run': Flags.boolean({ description: 'Only show what would change.' }),
  yes: Flags.boolean({ char: 'y', description: 'Do not ask.' }),
  wait: Flags.boolean({ default: true, allowNo: true, description: 'Stay until it has ended.' }),
};
