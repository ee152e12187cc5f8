import type { ScannedCode } from './scanned-code.js';

/** Why a scan was refused. */
export type RefusalCode =
  | 'EMPTY'
  | 'TOO_LONG'
  | 'UNRECOGNISED'
  | 'UNSUPPORTED'
  | 'CHECK_DIGIT'
  | 'INVALID_CHARACTER'
  | 'LENGTH'
  | 'UNKNOWN_IDENTIFIER'
  | 'SEPARATOR_MISSING'
  | 'AMBIGUOUS'
  | 'DATE_INVALID'
  | 'CONTRADICTION'
  | 'LINK_MALFORMED'
  | 'OPTION_INVALID';

/** Whose job a refused scan is, in the words of the platform's exceptions. */
export type RefusalOwner = 'stores' | 'master-data' | 'platform';

/** A code that cannot be used, in words for the person who scanned it. */
export interface ScanRefusal {
  readonly outcome: 'refused';
  readonly code: RefusalCode;
  /** What is wrong, with the value and where it stands. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly owner: RefusalOwner;
  /** The value that is wrong, its first 120 characters; `…` when it may name a person. */
  readonly value: string;
  /** Where the value starts in what was scanned; the first character is 1. */
  readonly position?: number;
  /** The readings that are possible, when there is more than one; a person has to choose. */
  readonly candidates?: readonly ScannedCode[];
}

const treatment: Readonly<Record<RefusalCode, { readonly owner: RefusalOwner; readonly remedy: string }>> = {
  EMPTY: { owner: 'stores', remedy: 'Scan the label again.' },
  TOO_LONG: { owner: 'stores', remedy: 'Scan one label at a time; the scanner may have joined several.' },
  UNRECOGNISED: {
    owner: 'stores',
    remedy: 'Look for another barcode on the label, or type the code with its brackets.',
  },
  UNSUPPORTED: {
    owner: 'platform',
    remedy: 'Use another barcode of the label; ask the platform team if there is none.',
  },
  CHECK_DIGIT: {
    owner: 'stores',
    remedy: 'Scan again, or compare what was typed with the label. If it stays, the label itself is wrong.',
  },
  INVALID_CHARACTER: {
    owner: 'platform',
    remedy: 'Scan again. If it stays, the scanner uses the wrong keyboard layout or adds characters of its own.',
  },
  LENGTH: { owner: 'stores', remedy: 'Scan the whole code again; a part of it seems to be missing or too much.' },
  UNKNOWN_IDENTIFIER: {
    owner: 'platform',
    remedy:
      'Scan again. If it stays, the scanner drops the separator (FNC1), or the identifier is newer than our table.',
  },
  SEPARATOR_MISSING: {
    owner: 'platform',
    remedy: 'Set the scanner to send FNC1 as the character GS (ASCII 29), or tell us which character it sends instead.',
  },
  AMBIGUOUS: {
    owner: 'stores',
    remedy: 'Compare the readings with the label and choose the one that is printed there.',
  },
  DATE_INVALID: {
    owner: 'master-data',
    remedy: 'Take the date from the printed text and report the label to the supplier.',
  },
  CONTRADICTION: {
    owner: 'master-data',
    remedy: 'Take the value from the printed text and report the label to the supplier.',
  },
  LINK_MALFORMED: {
    owner: 'master-data',
    remedy: 'Use another barcode of the label and report the link to the supplier.',
  },
  OPTION_INVALID: { owner: 'platform', remedy: 'Correct the setting; no scan can be read with it.' },
};

const mostShown = 120;

/** Refuses: the code decides who owns it and what to do. */
export function refuse(
  code: RefusalCode,
  message: string,
  about: { readonly value?: string; readonly position?: number; readonly candidates?: readonly ScannedCode[] } = {},
): ScanRefusal {
  const { value = '', ...rest } = about;
  const shown = value.length > mostShown ? `${value.slice(0, mostShown)}…` : value;
  const words = shown === value ? message : message.replace(value, () => shown);
  return { outcome: 'refused', code, message: words, ...treatment[code], value: shown, ...rest };
}

/** Whether an intermediate or final result is a refusal. */
export function isRefusal(result: object): result is ScanRefusal {
  return 'outcome' in result && result.outcome === 'refused';
}
