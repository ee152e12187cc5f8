import { Command, Flags } from '@oclif/core';
import { openSite } from '../site.js';
import { decide } from './decide.js';
import { decisionFlags, exceptionIdArgs } from './decision-flags.js';

/** `wardline parked retry`: exit code 1 when a message fails again or is skipped. */
export class ParkedRetryCommand extends Command {
  static override summary = 'Try parked messages again: singly, or exactly the group that you see.';
  static override strict = false;
  static override examples = [
    '<%= config.bin %> parked retry 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05',
    '<%= config.bin %> parked retry --code UNKNOWN_PRODUCT --dry-run',
    '<%= config.bin %> parked retry --service consumption-ingest --owner master-data --yes',
  ];
  static override args = exceptionIdArgs;
  static override flags = {
    ...decisionFlags,
    reason: Flags.string({ description: 'Why; kept with the operation.' }),
    force: Flags.boolean({ description: 'Also what came back again and again.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(ParkedRetryCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const { by, reason, force, yes, wait, json, 'dry-run': dryRun } = flags;
    const decision = { action: 'retry', by, reason, force, yes, wait, json, dryRun } as const;
    await decide(site, { ...flags, exceptionIds: argv as string[] }, decision);
  }
}
