import type { Finding } from '../scanned-code.js';
import type { ApplicationIdentifier } from './application-identifier.js';

/** A percent-encoded text resolved, undefined when it is malformed. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A GTIN of 8, 12 or 13 digits as 14, as older links have it (GS1 Digital Link Standard). */
export function filledGtin(entry: ApplicationIdentifier, value: string, position: number): [string, Finding[]] {
  if (entry.ai !== '01' || !/^(\d{8}|\d{12,13})$/.test(value)) return [value, []];
  const message = `The GTIN "${value}" at character ${position} has ${value.length} digits; a link should have all 14.`;
  return [value.padStart(14, '0'), [{ code: 'NUMBER_FILLED', message, position }]];
}
