import type { AwaitedNames } from '@wardline/outbox';

/** A code that held records wait for, of one source where it is the source's own. */
export interface AwaitedCode {
  /** Identity: what it is, the code and, for a source's own codes, the source. */
  readonly name: string;
  /** How many records wait, those behind the held ones with them. */
  readonly records: number;
  readonly code: string;
  readonly message: string;
  readonly owner: string;
  /** The record that was held first. */
  readonly first: AwaitedNames['first'];
}

/** Begins the one name in a record's `awaits` that says whose codes its own are. */
const sourcePrefix = 'source:';

/** What a record can wait for, with the code of a hold that tells of that alone. */
const missing: readonly (readonly [prefix: string, code: string, noun: string])[] = [
  ['product:', 'UNKNOWN_PRODUCT', 'product'],
  ['location:', 'UNKNOWN_LOCATION', 'location'],
  ['lot:', 'UNKNOWN_LOT', 'lot or serial'],
  ['unit:', 'UNKNOWN_UNIT', 'unit'],
];

/** Names that mean another thing at another source. */
const isLocal = (name: string): boolean => /^(product:INTERNAL|location:CODE|unit):/.test(name);

/** The name that says of which source a held record is. */
export function awaitedOfSource(source: string): string {
  return `${sourcePrefix}${source}`;
}

/**
 * The codes that held records wait for, each once however many records do. A record that lacks several is counted at each:
 * at the first name of a kind, which is what the record says; the others are where a crosswalk leads, or other spellings.
 */
export function awaitedCodes(groups: readonly AwaitedNames[]): AwaitedCode[] {
  const codes = new Map<string, AwaitedCode>();
  for (const group of groups)
    for (const found of codesOf(group)) {
      const known = codes.get(found.name);
      codes.set(found.name, known === undefined ? found : { ...known, records: known.records + found.records });
    }
  return [...codes.values()];
}

function codesOf({ awaits, code, messages, first }: AwaitedNames): AwaitedCode[] {
  const source = awaits.find((name) => name.startsWith(sourcePrefix))?.slice(sourcePrefix.length) ?? null;
  const found = missing.flatMap(([prefix, unknown, noun]) => {
    const name = awaits.find((one) => one.startsWith(prefix));
    return name === undefined ? [] : [{ name, unknown, noun }];
  });
  return found.map(({ name, unknown, noun }) => {
    const whose = isLocal(name) && source !== null ? source : null;
    const alone = found.length === 1;
    const words = `Nobody here knows the ${noun} ${name.slice(name.indexOf(':') + 1)}${source === null ? '' : `, as ${source} names it`}.`;
    return {
      name: whose === null ? name : `${name} of ${whose}`,
      records: messages,
      code: alone ? code : unknown,
      message: alone ? first.message : words,
      owner: first.owner,
      first,
    };
  });
}
