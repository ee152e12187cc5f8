import { Command } from '@oclif/core';
import { exitCode } from '../exit.js';
import { commonFlags } from '../flags.js';
import { openSite } from '../site.js';
import { table } from '../terminal/columns.js';
import { duration } from '../terminal/local-time.js';
import { readStatus } from './read-status.js';
import { parkedText, silentFeedText, type ServiceState } from './service-state.js';

/** `wardline status`: exit code 1 when a service is not ready. */
export class StatusCommand extends Command {
  static override summary =
    'Every service: health, how far behind, age of its outbox, what is parked for whom, sources that are silent.';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json'];
  static override flags = { ...commonFlags };

  async run(): Promise<void> {
    const { flags } = await this.parse(StatusCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const states = await readStatus(site);
    if (flags.json) site.terminal.data(JSON.stringify({ services: states }));
    else for (const line of statusLines(states)) site.terminal.data(line);
    if (states.some(({ state }) => state !== 'ready')) process.exitCode = exitCode.failed;
  }
}

function statusLines(states: readonly ServiceState[]): string[] {
  const lines = table<ServiceState>(
    [
      { title: 'service', value: ({ service }) => service },
      { title: 'state', value: ({ state }) => state },
      { title: 'behind', value: ({ lag }) => String(lag?.messages ?? '?'), align: 'right' },
      { title: 'for', value: ({ lag }) => seconds(lag?.seconds), align: 'right' },
      { title: 'outbox', value: ({ outboxAgeSeconds }) => seconds(outboxAgeSeconds), align: 'right' },
      { title: 'parked by owner', value: ({ parked }) => parkedText(parked) },
      { title: 'unread topics', value: ({ unread }) => String(unread.length), align: 'right' },
    ],
    states,
  );
  const troubles = states.flatMap(({ service, reasons, silentFeeds }) =>
    [...reasons, ...silentFeeds.map((feed) => silentFeedText(feed, duration))].map(
      (trouble) => `${service}: ${trouble}`,
    ),
  );
  return troubles.length === 0 ? lines : [...lines, '', ...troubles];
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '?' : duration(value * 1_000);
}
