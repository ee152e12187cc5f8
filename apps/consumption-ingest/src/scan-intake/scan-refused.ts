/** Whose job a refused scan is. */
export type ScanOwner = 'stores' | 'source-system' | 'master-data' | 'platform';

const again = 'Then send the scan again; its scanId may stay.';

const advice = {
  FORM: { owner: 'source-system', remedy: `Correct the named fields. ${again}` },
  SCAN_ID_USED: {
    owner: 'source-system',
    remedy:
      'Give each scan a scanId of its own. To correct a scan, take the first one back (REVERSED) and send a new one.',
  },
  SYMBOLS_CONTRADICT: {
    owner: 'stores',
    remedy:
      'Scan the symbols of one label only. If they are on one label, report it to the supplier and type what is printed.',
  },
  NO_PRODUCT: { owner: 'stores', remedy: 'Scan the symbol that names the product too.' },
  LOGISTIC_UNIT: { owner: 'stores', remedy: 'Scan what is inside: what the logistic unit holds is not known here.' },
  MEASURES_DIFFER: {
    owner: 'stores',
    remedy: 'Say how much it is by hand: send it without the symbol of the measures.',
  },
  MEASURE_UNKNOWN: {
    owner: 'master-data',
    remedy: 'Use a symbol that measures in kg, m, m², l, m³, lb, in, ft or gallons.',
  },
  PIECE_COUNTED: { owner: 'stores', remedy: 'Scan each piece by itself: one serial number is one piece.' },
  LOCATION_SYMBOL: { owner: 'stores', remedy: 'Scan the label of the place, which carries (414), or send its code.' },
  QUANTITY_TOO_LARGE: {
    owner: 'source-system',
    remedy: `Give at most 12 digits before the point and 6 behind it. ${again}`,
  },
  REVERSAL_OF_NOTHING: { owner: 'source-system', remedy: 'Send the scan that is undone first, then this one again.' },
  REVERSAL_OF_REVERSAL: { owner: 'source-system', remedy: 'Scan it again instead: a reversal is not reversed.' },
  UNKNOWN_PRODUCT: {
    owner: 'master-data',
    remedy: `Give the product this barcode in Odoo, or map the code: PUT /crosswalk/ITEM/<code>. ${again}`,
  },
  UNKNOWN_LOCATION: {
    owner: 'master-data',
    remedy: `Map the location: PUT /crosswalk/GLN/<number> or /crosswalk/LOCATION/<code>. ${again}`,
  },
} as const satisfies Record<string, { owner: ScanOwner; remedy: string }>;

export type ScanRefusedCode = keyof typeof advice;

/** Why a scan was not taken, for whom, and what to do. Nothing of it is kept. */
export interface ScanRefused {
  readonly outcome: 'refused';
  /** One of ours, or that of a symbol that cannot be read (`@wardline/barcodes`). */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: ScanOwner;
}

/** A refusal with the advice of its code; `message` names the value at fault. */
export function refuseScan(code: ScanRefusedCode, message: string): ScanRefused {
  return { outcome: 'refused', code, message, ...advice[code] };
}

/** Tells a refusal from what was read. */
export function isRefused(value: object): value is ScanRefused {
  return 'outcome' in value && value.outcome === 'refused';
}
