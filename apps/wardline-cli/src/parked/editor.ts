import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../exit.js';
import type { Json } from './merge-patch.js';

/** Opens a record in the person's editor and answers what they made of it. Throws when it is no JSON object any more. */
export function editInEditor(editor: string, record: Json): Json {
  const directory = mkdtempSync(join(tmpdir(), 'wardline-'));
  const file = join(directory, 'record.json');
  try {
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    if (error !== undefined || status !== 0)
      throw new CommandError(`nothing was changed: the editor ${editor} ended with ${status}`);
    return objectIn(readFileSync(file, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The JSON object in a text; throws wrong use with what is wrong with it. */
export function objectIn(text: string): Json {
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  } catch (error) {
    throw new CommandError(`nothing was changed: what was given is no JSON: ${(error as Error).message}`, 2);
  }
  throw new CommandError('nothing was changed: what was given is no JSON object', 2);
}
