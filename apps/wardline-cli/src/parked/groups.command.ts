import { Command } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { openSite } from '../site.js';
import { filterFlags } from './filter-flags.js';
import { groupLines } from './group-lines.js';
import { groupsOf } from './selection.js';

/** `wardline parked groups`. */
export class ParkedGroupsCommand extends Command {
  static override summary = 'What is parked, by service, record type and code.';
  static override description =
    'With --json each service gives a snapshot: the name of exactly this set, for parked retry or abandon with --snapshot.';
  static override examples = [
    '<%= config.bin %> parked groups',
    '<%= config.bin %> parked groups --owner master-data --json',
  ];
  static override flags = { ...commonFlags, ...filterFlags };

  async run(): Promise<void> {
    const { flags } = await this.parse(ParkedGroupsCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const answers = (await groupsOf(site, flags)).map(({ service, ...answer }) => ({
      service: service.name,
      ...answer,
    }));
    if (flags.json) return site.terminal.data(JSON.stringify({ services: answers }));
    const groups = answers.flatMap((answer) => answer.groups.map((group) => ({ ...group, service: answer.service })));
    if (groups.length === 0) site.terminal.note('nothing is parked');
    for (const line of groupLines(groups)) site.terminal.data(line);
  }
}
