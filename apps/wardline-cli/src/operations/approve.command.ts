import { Args, Command, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { reportOf, tell } from '../parked/decide.js';
import { openSite } from '../site.js';
import { findOperation } from './find-operation.js';
import type { Operation } from './operation.js';

/** `wardline operations approve ID`. */
export class OperationsApproveCommand extends Command {
  static override summary = 'Let begin what another person has asked for and a second one has to approve.';
  static override args = { operationId: Args.string({ required: true, description: 'Its operationId.' }) };
  static override flags = {
    ...commonFlags,
    by: Flags.string({ description: 'Who approves; WARDLINE_BY or the name of the account when absent.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(OperationsApproveCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const { service, operation } = await findOperation(site, args.operationId);
    const by = flags.by ?? site.settings.by;
    const approved = await service.post<Operation>(`/operations/${operation.operationId}/approve`, { by });
    tell(site, [await reportOf(site, service, approved, true)], flags.json);
  }
}
