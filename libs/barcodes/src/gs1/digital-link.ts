import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import type { Finding } from '../scanned-code.js';
import type { ApplicationIdentifier } from './application-identifier.js';
import type { ElementStringInput, ReadElements } from './element-string.js';
import { readLinkQuery } from './link-query.js';
import { decoded, filledGtin } from './link-text.js';
import { checkValue, type Gs1Element } from './value-check.js';

/** A piece of a link: its text with percent signs resolved, and where it starts. */
interface Segment {
  readonly text: string;
  readonly position: number;
}

/**
 * Reads an uncompressed GS1 Digital Link (GS1 Digital Link Standard: URI Syntax): any host, any path before
 * the primary key, then the key, its qualifiers in order, and attributes in the query. The rightmost key counts.
 */
export function readDigitalLink(input: ElementStringInput): ReadElements | ScanRefusal {
  const parts = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(\?[^#]*)?/i.exec(input.text);
  if (!parts) return malformed(input, 'it names no host');
  const [, host = '', path = '', query = ''] = parts;
  if (!/^[\w.~%:@[\]-]+$/.test(host)) return malformed(input, `"${host}" is no host`);
  const scheme = input.text.indexOf('//') + 2;
  const segments = segmentsOf(path, input.offset + scheme + host.length);
  if (!segments) return malformed(input, 'a percent sign is not followed by two hexadecimal digits');
  const inPath = readPath(segments, input);
  if (isRefusal(inPath)) return inPath;
  const inQuery = readLinkQuery(query.slice(1), input, input.offset + scheme + host.length + path.length + 1);
  if (isRefusal(inQuery)) return inQuery;
  return {
    elements: [...inPath.elements, ...inQuery.elements],
    findings: [...inPath.findings, ...inQuery.findings],
  };
}

function segmentsOf(path: string, offset: number): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let at = offset + 1;
  for (const raw of path.split('/').slice(1)) {
    const text = decoded(raw);
    if (text === undefined) return undefined;
    segments.push({ text, position: at + 1 });
    at += raw.length + 1;
  }
  return segments;
}

function readPath(segments: readonly Segment[], input: ElementStringInput): ReadElements | ScanRefusal {
  const pairs = pairsOf(segments, input);
  if (!pairs) return malformed(input, 'its path has no GS1 key such as /01/ before a number; it may be compressed');
  const elements: Gs1Element[] = [];
  const findings: Finding[] = [];
  for (const { entry, segment } of pairs) {
    const [value, filled] = filledGtin(entry, segment.text, segment.position);
    const element = { entry, value, position: segment.position };
    const checked = checkValue(element, input.referenceYear);
    if (isRefusal(checked)) return checked;
    findings.push(...filled, ...checked);
    elements.push(element);
  }
  return { elements, findings: [...findings, ...orderFindings(elements)] };
}

function pairsOf(segments: readonly Segment[], { dictionary }: ElementStringInput) {
  const pairs: { readonly entry: ApplicationIdentifier; readonly segment: Segment }[] = [];
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const entry = dictionary.identifiers.get(segments[at]?.text ?? '');
    if (!entry) return undefined;
    pairs.push({ entry, segment: segments[at + 1] as Segment });
    if (entry.linkKey) return pairs.reverse();
  }
  return undefined;
}

function orderFindings([key, ...qualifiers]: readonly Gs1Element[]): readonly Finding[] {
  const ais = qualifiers.map(({ entry }) => entry.ai);
  if (!key || key.entry.linkKey?.some((sequence) => inOrder(ais, sequence))) return [];
  const message = `AI ${ais.join(', AI ')} must not follow AI ${key.entry.ai} in the path of a link in this order.`;
  return [{ code: 'LINK_ORDER', message, position: key.position }];
}

function inOrder(ais: readonly string[], sequence: readonly string[]): boolean {
  let after = -1;
  return ais.every((ai) => {
    const at = sequence.indexOf(ai, after + 1);
    after = at;
    return at !== -1;
  });
}

function malformed(input: ElementStringInput, reason: string): ScanRefusal {
  const value = input.text;
  return refuse('LINK_MALFORMED', `The link "${value}" is no GS1 Digital Link: ${reason}.`, {
    value,
    position: input.offset + 1,
  });
}
