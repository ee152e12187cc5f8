import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutations, type Change } from '../mutations.ts';

const made = new Set<Change>();

/** Changes the text of our libraries as they are loaded into this process; nothing on the disk is touched. */
export function breakPromise(name: string): void {
  const changes = changesOf(name);
  registerHooks({
    load(url, context, nextLoad) {
      const mine = changes.filter(({ file }) => url.endsWith(`/libs/${file}`));
      if (mine.length === 0) return nextLoad(url, context);
      let source = readFileSync(fileURLToPath(url), 'utf8');
      for (const change of mine) source = changed(source, change);
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

/** Throws when a part of the mutation was not made: the proof would break nothing and find nothing. */
export function requireBroken(name: string): void {
  const missing = changesOf(name).filter((change) => !made.has(change));
  if (missing.length > 0) throw new Error(`${name}: ${missing.map(({ file }) => file).join(', ')} was not loaded`);
}

function changesOf(name: string): readonly Change[] {
  const mutation = mutations.find((known) => known.name === name);
  if (mutation === undefined) throw new Error(`there is no mutation ${name}`);
  return mutation.changes;
}

function changed(source: string, change: Change): string {
  const pieces = source.split(change.find);
  if (pieces.length !== 2)
    throw new Error(`libs/${change.file} has ${pieces.length - 1} times (not once): ${change.find}`);
  made.add(change);
  return pieces.join(change.replace);
}
