import { Args, Command, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { openSite } from '../site.js';
import { findOperation } from './find-operation.js';
import { progressText, type Operation } from './operation.js';

/** `wardline operations cancel ID`. */
export class OperationsCancelCommand extends Command {
  static override summary = 'Stop a decision that runs or waits for approval; what is not yet begun is skipped.';
  static override args = { operationId: Args.string({ required: true, description: 'Its operationId.' }) };
  static override flags = {
    ...commonFlags,
    by: Flags.string({ description: 'Who cancels; WARDLINE_BY or the name of the account when absent.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(OperationsCancelCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const { service, operation } = await findOperation(site, args.operationId);
    const by = flags.by ?? site.settings.by;
    const cancelled = await service.post<Operation>(`/operations/${operation.operationId}/cancel`, { by });
    if (flags.json) site.terminal.data(JSON.stringify({ service: service.name, operation: cancelled }));
    else site.terminal.data(`${service.name}: ${progressText(cancelled)}  ${cancelled.state}`);
  }
}
