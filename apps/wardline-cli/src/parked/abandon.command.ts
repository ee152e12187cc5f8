import { Command, Flags } from '@oclif/core';
import { openSite } from '../site.js';
import { decide } from './decide.js';
import { decisionFlags, exceptionIdArgs } from './decision-flags.js';

/** `wardline parked abandon`: exit code 1 when a message is not given up. */
export class ParkedAbandonCommand extends Command {
  static override summary =
    'Give parked messages up for good, in your name and with a reason; what waits behind goes on.';
  static override strict = false;
  static override examples = [
    '<%= config.bin %> parked abandon 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05 --reason "mistyped at the cabinet"',
    '<%= config.bin %> parked abandon --code UNDECODABLE --reason "test of a new cabinet" --dry-run',
  ];
  static override args = exceptionIdArgs;
  static override flags = {
    ...decisionFlags,
    reason: Flags.string({ required: true, description: 'Why; it is told to whoever sent the message.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(ParkedAbandonCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const { by, reason, yes, wait, json, 'dry-run': dryRun } = flags;
    const decision = { action: 'abandon', by, reason, force: false, yes, wait, json, dryRun } as const;
    await decide(site, { ...flags, exceptionIds: argv as string[] }, decision);
  }
}
