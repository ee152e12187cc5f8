import { isDeepStrictEqual } from 'node:util';
import { wrongUse } from '../exit.js';

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON merge patch (RFC 7396) that makes `after` of `before`: changed and new fields with their value, removed ones as
 * null, lists whole. Undefined when nothing differs. A field that becomes null is indistinguishable from one that is removed,
 * which for our records is the same: both mean that nothing stands there.
 */
export function mergePatch(before: Json, after: Json): Json | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes = [...names].flatMap((name): [string, unknown][] => {
    const [was, is] = [fieldOf(before, name), fieldOf(after, name)];
    if (isDeepStrictEqual(was, is)) return [];
    if (!isObject(was) || !isObject(is)) return [[name, is]];
    return [[name, mergePatch(was, is)]];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/**
 * The patch of `--set path=value` and `--unset path`. A path is field names joined by dots; a value is JSON where it can be
 * read as such and otherwise a text, so that `quantity=2` is the number and `lotNumber="007"` the text.
 */
export function patchOf(set: readonly string[], unset: readonly string[]): Json {
  const patch = emptyPatch();
  for (const text of set) {
    const at = text.indexOf('=');
    if (at < 1)
      throw wrongUse(`--set ${text}: give path=value, such as --set quantity=2 or --set product.value=GAUZE-10`);
    put(patch, text.slice(0, at), valueOf(text.slice(at + 1)));
  }
  for (const path of unset) put(patch, path, null);
  return patch;
}

function put(patch: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const inner = names.reduce((at, name) => {
    const below = at[name];
    const next = isObject(below) ? below : emptyPatch();
    at[name] = next;
    return next;
  }, patch);
  inner[last] = value;
}

/** An object without the names that every object has, such as `constructor`: a path may hold any. */
function emptyPatch(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function fieldOf(json: Json, name: string): unknown {
  return Object.hasOwn(json, name) ? (json[name] ?? null) : null;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
