import type { Finding } from '../scanned-code.js';
import { matchesPattern } from './application-identifier.js';
import type { ReadElements } from './element-string.js';
import type { Gs1Element } from './value-check.js';
import { refuse, type ScanRefusal } from '../refusal.js';
import { inWords, placeOf } from './value-check.js';

/**
 * What is missing beside an element, and what must not stand beside it (GS1 General Specifications, section 4, data relationships).
 * These rules hold for all symbols of one item together, and one scan may be only one of them: so they are findings.
 */
export function associationFindings(elements: readonly Gs1Element[]): readonly Finding[] {
  const present = [...new Set(elements.map(({ entry }) => entry.ai))];
  return elements.flatMap((element) => [...missingBeside(element, present), ...excludedBeside(element, present)]);
}

/**
 * An AI that stands twice: with the same value it is a finding, with another one it is refused
 * (GS1 General Specifications, section 4, data relationships).
 */
export function withoutRepeats(read: ReadElements): ReadElements | ScanRefusal {
  const first = new Map<string, Gs1Element>();
  const findings = [...read.findings];
  for (const element of read.elements) {
    const earlier = first.get(element.entry.ai);
    if (!earlier) first.set(element.entry.ai, element);
    else if (earlier.value !== element.value) return contradiction(earlier, element);
    else findings.push({ code: 'REPEATED', message: `${inWords(element)} stands twice.`, position: element.position });
  }
  return { elements: [...first.values()], findings };
}

function contradiction(earlier: Gs1Element, later: Gs1Element): ScanRefusal {
  const message = `${inWords(later)} contradicts the one at character ${earlier.position}: they differ.`;
  return refuse('CONTRADICTION', message, placeOf(later));
}

function missingBeside(element: Gs1Element, present: readonly string[]): readonly Finding[] {
  const unmet = element.entry.requires.filter(
    (group) =>
      !group.some((together) => together.every((pattern) => present.some((ai) => matchesPattern(ai, pattern)))),
  );
  return unmet.map((group) => {
    const wanted = group.map((together) => `AI ${together.join(' with AI ')}`).join(', or ');
    const message = `${inWords(element)} needs another element beside it, which this code does not have: ${wanted}.`;
    return { code: 'REQUIRED_MISSING', message, position: element.position };
  });
}

function excludedBeside(element: Gs1Element, present: readonly string[]): readonly Finding[] {
  const { ai, excludes } = element.entry;
  const found = present.filter((other) => other !== ai && excludes.some((pattern) => matchesPattern(other, pattern)));
  return found.map((other) => ({
    code: 'EXCLUDED_TOGETHER',
    message: `${inWords(element)} must not stand beside AI ${other}.`,
    position: element.position,
  }));
}
