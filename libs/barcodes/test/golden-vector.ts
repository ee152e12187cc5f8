import type { RefusalCode } from '../src/refusal.js';
import type { FindingCode, ScanForm, ScanStandard } from '../src/scanned-code.js';

/** Everything a code says, written short; a field that is absent must be absent in the result too. */
export interface Reading {
  readonly standard: ScanStandard;
  readonly form: ScanForm;
  readonly carrier?: string;
  readonly device?: string;
  readonly content?: string;
  readonly lot?: string;
  readonly serial?: string;
  readonly expiry?: string;
  readonly production?: string;
  readonly bestBefore?: string;
  readonly count?: number;
  readonly measures?: string;
  readonly sscc?: string;
  readonly locations?: string;
  readonly donation?: string;
  readonly product?: string;
  readonly link?: string;
  /** Identifier=value of each element, in order, separated by blanks. */
  readonly elements: string;
  readonly findings?: readonly FindingCode[];
}

/** A scan with what it must be read as, or why it must be refused, and where that is written down. */
export interface GoldenVector {
  readonly scan: string;
  readonly source: string;
  readonly reads?: Reading;
  readonly refused?: { readonly code: RefusalCode; readonly position?: number; readonly candidates?: number };
  readonly fnc1Substitute?: string;
  readonly separatorsTrusted?: boolean;
}

/** FNC1 as a scanner sends it. */
export const fnc1 = '\x1d';

/** A GS1 element string as a scanner sends it. */
export const string = { standard: 'GS1', form: 'ELEMENT_STRING' } as const;

/** A GS1 code typed or printed with brackets. */
export const bracketed = { standard: 'GS1', form: 'BRACKETED' } as const;
