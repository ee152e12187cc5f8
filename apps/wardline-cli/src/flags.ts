import { Flags } from '@oclif/core';

/** Flags of every command. */
export const commonFlags = {
  json: Flags.boolean({ description: 'Answer as JSON: one document, or one a line where records stream.' }),
  profile: Flags.string({ description: 'Settings from <name>.json in the configuration folder.', helpValue: 'name' }),
};
