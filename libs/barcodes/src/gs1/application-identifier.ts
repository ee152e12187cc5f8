/** What characters a part of a value may have: digits, CSET 82, CSET 39, base64url (GS1 General Specifications, section 7.11). */
export type CharacterSet = 'N' | 'X' | 'Y' | 'Z';

/** One part of the value of an application identifier. */
export interface ValuePart {
  readonly set: CharacterSet;
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  /** Names of the rules for its content, as in the GS1 Barcode Syntax Dictionary. */
  readonly rules: readonly string[];
}

/** What the GS1 Barcode Syntax Dictionary says about one application identifier. */
export interface ApplicationIdentifier {
  readonly ai: string;
  readonly title: string;
  readonly parts: readonly ValuePart[];
  /** Its length is predefined, so no FNC1 follows (GS1 General Specifications, section 7.8). */
  readonly predefined: boolean;
  /** It may stand in the query of a GS1 Digital Link. */
  readonly linkAttribute: boolean;
  /** It may be the primary key of a GS1 Digital Link, with these sequences of qualifiers. */
  readonly linkKey?: readonly (readonly string[])[];
  /** Each group must be met: by one of its alternatives, each of which is one or more AIs together. */
  readonly requires: readonly (readonly (readonly string[])[])[];
  /** AIs that it must not stand beside; `n` stands for any digit. */
  readonly excludes: readonly string[];
}

/** The application identifiers of one release of the dictionary. */
export interface Gs1Dictionary {
  readonly release: string;
  readonly identifiers: ReadonlyMap<string, ApplicationIdentifier>;
}

/** One row: a single AI or a range of AIs, and what holds for each. */
export interface DictionaryRow {
  readonly ais: string;
  readonly format: string;
  readonly title: string;
  readonly predefined?: boolean;
  readonly linkAttribute?: boolean;
  /** Sequences of qualifiers, separated by `|`; an empty text is a key without qualifiers. */
  readonly linkKey?: string;
  readonly requires?: readonly string[];
  readonly excludes?: string;
}

/** A dictionary from its rows. A range such as `3100-3105` becomes one entry for each AI. */
export function dictionaryOf(release: string, rows: readonly DictionaryRow[]): Gs1Dictionary {
  const identifiers = new Map<string, ApplicationIdentifier>();
  for (const row of rows) {
    const entry = entryOf(row);
    for (const ai of aisOf(row.ais)) identifiers.set(ai, { ...entry, ai });
  }
  return { release, identifiers };
}

/** The application identifier that stands at a place of an element string. */
export function identifierAt(dictionary: Gs1Dictionary, text: string, at: number): ApplicationIdentifier | undefined {
  for (let length = 2; length <= 4; length++) {
    const found = dictionary.identifiers.get(text.slice(at, at + length));
    if (found) return found;
  }
  return undefined;
}

/** Whether an AI is meant by a pattern such as `01` or `31nn`. */
export function matchesPattern(ai: string, pattern: string): boolean {
  if (ai.length !== pattern.length) return false;
  return [...pattern].every((character, at) => character === 'n' || character === ai[at]);
}

/** Fewest and most characters that a value may have. */
export function lengthsOf(entry: ApplicationIdentifier): { readonly min: number; readonly max: number } {
  const mandatory = entry.parts.filter((part) => !part.optional);
  const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
  return { min: sum(mandatory.map((part) => part.min)), max: sum(entry.parts.map((part) => part.max)) };
}

function entryOf(row: DictionaryRow): ApplicationIdentifier {
  return {
    ai: row.ais,
    title: row.title,
    parts: row.format.split(' ').map(partOf),
    predefined: row.predefined ?? false,
    linkAttribute: row.linkAttribute ?? true,
    requires: (row.requires ?? []).map((group) => group.split(',').map((alternative) => alternative.split('+'))),
    excludes: row.excludes?.split(',') ?? [],
    ...(row.linkKey === undefined ? {} : { linkKey: qualifiersOf(row.linkKey) }),
  };
}

function qualifiersOf(text: string): readonly (readonly string[])[] {
  return text.split('|').map((sequence) => (sequence === '' ? [] : sequence.split(',')));
}

function partOf(text: string): ValuePart {
  const [shape = '', ...rules] = text.split(',');
  const [, bracket, set, upTo, length] = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?$/.exec(shape) ?? [];
  const max = Number(length ?? 0);
  return {
    set: (set ?? 'X') as CharacterSet,
    min: upTo ? 1 : max,
    max,
    optional: bracket === '[',
    rules,
  };
}

function aisOf(ais: string): readonly string[] {
  const [first = '', last = first] = ais.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, step) => String(Number(first) + step).padStart(first.length, '0'));
}
