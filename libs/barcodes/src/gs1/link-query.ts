import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import type { Finding } from '../scanned-code.js';
import type { ElementStringInput, ReadElements } from './element-string.js';
import { decoded, filledGtin } from './link-text.js';
import { checkValue, inWords, type Gs1Element } from './value-check.js';

/**
 * Reads the attributes of a GS1 Digital Link from its query (GS1 Digital Link Standard: URI Syntax).
 * A name of digits must be an AI; other names belong to whoever runs the host and are left alone.
 */
export function readLinkQuery(query: string, input: ElementStringInput, offset: number): ReadElements | ScanRefusal {
  const elements: Gs1Element[] = [];
  const findings: Finding[] = [];
  let at = offset;
  for (const pair of query.split(/[&;]/)) {
    const read = readPair(pair, input, at);
    if (read && isRefusal(read)) return read;
    if (read) {
      elements.push(...read.elements);
      findings.push(...read.findings);
    }
    at += pair.length + 1;
  }
  return { elements, findings };
}

function readPair(pair: string, input: ElementStringInput, offset: number): ReadElements | ScanRefusal | undefined {
  const sign = pair.indexOf('=');
  const name = pair.slice(0, sign);
  if (sign === -1 || !/^\d+$/.test(name)) return undefined;
  const position = offset + sign + 2;
  const entry = input.dictionary.identifiers.get(name);
  if (!entry) {
    const message = `The query has "${name}" at character ${offset + 1}, which is no application identifier that is known.`;
    return refuse('UNKNOWN_IDENTIFIER', message, { value: name, position: offset + 1 });
  }
  // In a query, unlike in a path, a plus sign stands for a blank.
  const text = decoded(pair.slice(sign + 1).replaceAll('+', ' '));
  if (text === undefined) {
    const message = `The value of AI ${name} at character ${position} has a percent sign without two hexadecimal digits.`;
    return refuse('LINK_MALFORMED', message, { value: pair, position });
  }
  const [value, filled] = filledGtin(entry, text, position);
  const element = { entry, value, position };
  const checked = checkValue(element, input.referenceYear);
  return isRefusal(checked)
    ? checked
    : { elements: [element], findings: [...filled, ...attributeFindings(element), ...checked] };
}

function attributeFindings(element: Gs1Element): readonly Finding[] {
  if (element.entry.linkAttribute) return [];
  const message = `${inWords(element)} belongs into the path of a link, not into its query.`;
  return [{ code: 'LINK_ATTRIBUTE', message, position: element.position }];
}
