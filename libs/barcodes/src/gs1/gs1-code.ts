import { isRefusal, type ScanRefusal } from '../refusal.js';
import type { ScanForm, ScannedCode } from '../scanned-code.js';
import { withoutRepeats } from './associations.js';
import { readBracketed } from './bracketed.js';
import { readDigitalLink } from './digital-link.js';
import { overlong, readElementString, type ElementStringInput, type ReadElements } from './element-string.js';
import { interpret } from './interpretation.js';
import { readingsWithoutSeparator, suspectedSeparator } from './missing-separator.js';

/** A GS1 code in one of its three written forms, and the symbol it came from. */
export interface Gs1Input extends ElementStringInput {
  readonly carrier: string | undefined;
  /** The scanner is known to send FNC1, so a value that looks like two is one. */
  readonly separatorsTrusted: boolean;
}

/** Reads a GS1 element string and says what it means (GS1 General Specifications, section 7.8). */
export function readGs1(input: Gs1Input): ScannedCode | ScanRefusal {
  const read = readElementString(input);
  if (isRefusal(read)) return read;
  if (!('elements' in read)) return overlong(read, readingsWithoutSeparator(read, input));
  const single = withoutRepeats(read);
  if (isRefusal(single)) return single;
  const suspected = input.separatorsTrusted ? undefined : suspectedSeparator(single, input);
  return suspected ?? interpret(single, 'ELEMENT_STRING', input.referenceYear, input.carrier);
}

/** Reads what is printed under a GS1 symbol, with its AIs in brackets. */
export function readGs1Bracketed(input: Gs1Input): ScannedCode | ScanRefusal {
  return meaning(readBracketed(input), 'BRACKETED', input);
}

/** Reads a GS1 Digital Link. */
export function readGs1Link(input: Gs1Input): ScannedCode | ScanRefusal {
  return meaning(readDigitalLink(input), 'DIGITAL_LINK', input);
}

function meaning(read: ReadElements | ScanRefusal, form: ScanForm, input: Gs1Input): ScannedCode | ScanRefusal {
  const single = isRefusal(read) ? read : withoutRepeats(read);
  return isRefusal(single) ? single : interpret(single, form, input.referenceYear, input.carrier);
}
