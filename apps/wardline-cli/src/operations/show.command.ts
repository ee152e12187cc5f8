import { Args, Command, Flags } from '@oclif/core';
import { commonFlags } from '../flags.js';
import { reportOf, tell } from '../parked/decide.js';
import { openSite } from '../site.js';
import { findOperation } from './find-operation.js';
import { itemsOf } from './follow-operation.js';

/** `wardline operations show ID`: exit code 1 when not all of it was done. */
export class OperationsShowCommand extends Command {
  static override summary = 'One decision: its counts, and why messages failed or were skipped.';
  static override args = { operationId: Args.string({ required: true, description: 'Its operationId.' }) };
  static override flags = {
    ...commonFlags,
    wait: Flags.boolean({ description: 'Stay until it has ended.' }),
    items: Flags.boolean({ description: 'Each of its messages, one JSON document a line.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(OperationsShowCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const { service, operation } = await findOperation(site, args.operationId);
    if (flags.items) {
      const all = await itemsOf(service, operation.operationId, ['planned', 'done', 'failed', 'skipped']);
      return all.forEach((item) => site.terminal.data(JSON.stringify(item)));
    }
    if (flags.wait || operation.state !== 'running')
      return tell(site, [await reportOf(site, service, operation, true)], flags.json);
    tell(site, [{ service: service.name, operation, items: [] }], flags.json);
  }
}
