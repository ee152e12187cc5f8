import { dictionaryOf, type DictionaryRow, type Gs1Dictionary } from './application-identifier.js';
import { healthcare, specialUse } from './identifiers/healthcare.js';
import { delivery, shipment } from './identifiers/logistics.js';
import { measures } from './identifiers/measures.js';
import { provenance, tradeItems } from './identifiers/trade-items.js';

/**
 * All application identifiers of the GS1 Barcode Syntax Dictionary, release 2026-01-27
 * (github.com/gs1/gs1-syntax-dictionary, © GS1 AISBL, Apache License 2.0), written down as rows of our own.
 */
export const gs1Dictionary: Gs1Dictionary = dictionaryOf('2026-01-27', [
  ...tradeItems,
  ...measures,
  ...shipment,
  ...provenance,
  ...delivery,
  ...healthcare,
  ...specialUse,
]);

/**
 * Reads the text of another release of the GS1 Barcode Syntax Dictionary, so that a newer one can be used without
 * a new release of this library. A line that is no entry is left out; a rule that this library does not know is not checked.
 */
export function readGs1Dictionary(text: string): Gs1Dictionary {
  const release = /^# Release: (\S+)/m.exec(text)?.[1] ?? 'unnamed';
  const lines = text.split(/\r?\n/).filter((line) => /^\d{2,4}(-\d{2,4})?\s/.test(line));
  return dictionaryOf(release, lines.map(rowOf));
}

function rowOf(line: string): DictionaryRow {
  const [entry = '', ...comment] = line.split(/\s#\s/);
  const [ais = '', ...words] = entry.trim().split(/\s+/);
  const flags = /^[NXYZ[]/.test(words[0] ?? '') ? '' : (words.shift() ?? '');
  const values = (name: string): string[] => words.filter((word) => word.startsWith(`${name}=`)).map(afterSign);
  const keys = words.some((word) => word === 'dlpkey') ? [''] : values('dlpkey');
  return {
    ais,
    title: comment.join(' # ').trim(),
    format: words.filter((word) => /^\[?[NXYZ](\.\.)?\d/.test(word)).join(' '),
    predefined: flags.includes('*'),
    linkAttribute: flags.includes('?'),
    requires: values('req'),
    ...(values('ex').length > 0 ? { excludes: values('ex').join(',') } : {}),
    ...(keys[0] === undefined ? {} : { linkKey: keys[0] }),
  };
}

function afterSign(word: string): string {
  return word.slice(word.indexOf('=') + 1);
}
