import { readFileSync } from 'node:fs';
import { Args, Command, Flags } from '@oclif/core';
import { CommandError, wrongUse } from '../exit.js';
import { commonFlags } from '../flags.js';
import type { Operation } from '../operations/operation.js';
import { idArgument } from '../records/search.js';
import type { ServiceClient } from '../services/service-client.js';
import { openSite } from '../site.js';
import { reportOf, tell } from './decide.js';
import { editInEditor, objectIn } from './editor.js';
import { mergePatch, patchOf, type Json } from './merge-patch.js';
import type { ParkedContent } from './parked-message.js';
import { holderOf } from './selection.js';

/** `wardline parked edit EXCEPTIONID`: exit code 1 when the corrected message fails again or waits for approval. */
export class ParkedEditCommand extends Command {
  static override summary = 'Correct a parked message and try it again; the original is kept.';
  static override description =
    'What is to change is given with --set and --unset, as a JSON merge patch with --patch, or made in your editor (EDITOR). ' +
    'It is checked against the contract; eventId and the rest of its header stay.';
  static override examples = [
    '<%= config.bin %> parked edit 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05 --set product.value=GAUZE-10 --reason "typing error"',
    '<%= config.bin %> parked edit 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05 --editor --reason "typing error" --dry-run',
  ];
  static override args = { exceptionId: Args.string({ required: true, description: 'Its exceptionId.' }) };
  static override flags = {
    ...commonFlags,
    set: Flags.string({ multiple: true, default: [], helpValue: 'path=value', description: 'A field and its value.' }),
    unset: Flags.string({ multiple: true, default: [], helpValue: 'path', description: 'A field to leave empty.' }),
    patch: Flags.string({ helpValue: 'file', description: 'A JSON merge patch (RFC 7396); - for standard input.' }),
    editor: Flags.boolean({ description: 'Open it in your editor.' }),
    reason: Flags.string({ required: true, description: 'Why it is changed.' }),
    by: Flags.string({ description: 'Who decides; WARDLINE_BY or the name of the account when absent.' }),
    'dry-run': Flags.boolean({ description: 'Only show what would change.' }),
    wait: Flags.boolean({ default: true, allowNo: true, description: 'Stay until it has ended.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ParkedEditCommand);
    const site = openSite(this.config.configDir, flags.profile);
    const id = idArgument(args.exceptionId);
    const service = await holderOf(site, id);
    const changes = await changesOf(service, id, flags, site.settings.editor);
    const body = { by: flags.by ?? site.settings.by, reason: flags.reason, changes, dryRun: flags['dry-run'] };
    const asked = await service.post<Operation>(`/parked/${id}/edit`, body);
    tell(site, [await reportOf(site, service, asked, flags.wait)], flags.json);
  }
}

interface Wish {
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly patch?: string | undefined;
  readonly editor: boolean;
}

async function changesOf(service: ServiceClient, id: string, wish: Wish, editor: string): Promise<Json> {
  const { set, unset, patch } = wish;
  const ways = [set.length + unset.length > 0, patch !== undefined, wish.editor].filter(Boolean).length;
  if (ways !== 1) throw wrongUse('say what to change in one way: --set and --unset, --patch, or --editor');
  if (patch !== undefined) return objectIn(readFileSync(patch === '-' ? 0 : patch, 'utf8'));
  if (!wish.editor) return patchOf(set, unset);
  const { data } = await service.get<ParkedContent>(`/parked/${id}/content`);
  const changes = mergePatch(data, editInEditor(editor, data));
  if (changes === undefined) throw new CommandError('nothing was changed');
  return changes;
}
