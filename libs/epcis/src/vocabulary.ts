/** Business steps of CBV 2.0, section 7.1: the whole list, so that a misspelt one is known to be none of it. */
export const businessSteps = [
  ...['accepting', 'arriving', 'assembling', 'collecting', 'commissioning', 'consigning', 'creating_class_instance'],
  ...['cycle_counting', 'decommissioning', 'departing', 'destroying', 'disassembling', 'dispensing', 'encoding'],
  ...['entering_exiting', 'holding', 'inspecting', 'installing', 'killing', 'loading', 'other', 'packing', 'picking'],
  ...['receiving', 'removing', 'repackaging', 'repairing', 'replacing', 'reserving', 'retail_selling', 'sampling'],
  ...['sensor_reporting', 'shipping', 'staging_outbound', 'stock_taking', 'stocking', 'storing', 'transporting'],
  ...['unloading', 'unpacking', 'void_shipping'],
] as const;

/** A business step of the vocabulary. */
export type BusinessStep = (typeof businessSteps)[number];

/** The prefixes under which CBV 2.0 lets a word of it be written; the bare word is the usual one in JSON. */
const prefixes = [
  /^urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):/,
  /^https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/(?:BizStep|Disp|BTT|SDT|ER)-/,
  /^cbv:(?:BizStep|Disp|BTT|SDT|ER)-/,
  /^gs1:cbv:(?:BizStep|Disp|BTT|SDT|ER)-/,
];

/** The bare word of a value of the vocabulary; any other value as it is. */
export function wordOf(value: string): string {
  const prefix = prefixes.find((one) => one.test(value));
  return prefix === undefined ? value : value.replace(prefix, '');
}

/** What an event means for stock. */
export type StepMeaning =
  | { readonly effect: 'consumption'; readonly kind: 'USED' | 'WASTED' | 'RETURNED' }
  | { readonly effect: 'handling'; readonly operation: HandlingOperation }
  /** Goods come in: from a supplier, or from another place of the house when the event names one. */
  | { readonly effect: 'arrival' }
  /** Goods leave: to another place of the house, or back to the supplier. */
  | { readonly effect: 'departure'; readonly isReturn: boolean }
  /** Goods change their place within the house. */
  | { readonly effect: 'move'; readonly operation: 'PUT_AWAY' | 'TRANSFERRED' }
  /** It changes no stock. */
  | { readonly effect: 'none'; readonly because: string }
  | { readonly effect: 'unknown'; readonly because: string };

/** Operations that need no other place. */
export type HandlingOperation = 'COUNTED' | 'QUARANTINED' | 'RELEASED' | 'WRITTEN_OFF';

const kept: ReadonlySet<string> = new Set<BusinessStep>([
  ...([
    'accepting',
    'assembling',
    'collecting',
    'commissioning',
    'creating_class_instance',
    'decommissioning',
  ] as const),
  ...([
    'disassembling',
    'encoding',
    'entering_exiting',
    'killing',
    'loading',
    'packing',
    'picking',
    'removing',
  ] as const),
  ...(['repackaging', 'repairing', 'replacing', 'reserving', 'sensor_reporting', 'staging_outbound'] as const),
  ...(['transporting', 'unloading', 'unpacking'] as const),
]);
const plain = new Map<string, StepMeaning>([
  ...(['dispensing', 'installing', 'retail_selling'] as const).map(
    (step) => [step, { effect: 'consumption', kind: 'USED' }] as [BusinessStep, StepMeaning],
  ),
  ['sampling', { effect: 'handling', operation: 'WRITTEN_OFF' }],
  ['destroying', { effect: 'handling', operation: 'WRITTEN_OFF' }],
  ['cycle_counting', { effect: 'handling', operation: 'COUNTED' }],
  ['stock_taking', { effect: 'handling', operation: 'COUNTED' }],
  ['storing', { effect: 'move', operation: 'PUT_AWAY' }],
  ['stocking', { effect: 'move', operation: 'TRANSFERRED' }],
  ['holding', { effect: 'handling', operation: 'QUARANTINED' }],
]);
const unfit: ReadonlySet<string> = new Set([
  'recalled',
  'non_conformant',
  'no_pedigree_match',
  'damaged',
  'expired',
  'unavailable',
]);
const fit: ReadonlySet<string> = new Set(['available', 'conformant', 'sellable_accessible', 'sellable_not_accessible']);

/**
 * What a business step and a disposition mean for stock, by their definitions in CBV 2.0, sections 7.1 and 7.2.
 * `dispensing` makes a product available to a consumer, `installing` puts it into something bigger (an implant),
 * `sampling` leaves it no longer usable, `destroying` ends it; `inspecting` changes stock only by its outcome.
 */
export function meaningOfStep(bizStep: string | null, disposition: string | null): StepMeaning {
  const step = bizStep === null ? null : wordOf(bizStep);
  const state = disposition === null ? null : wordOf(disposition);
  switch (step) {
    case 'receiving':
    case 'arriving':
      return state === 'returned' ? { effect: 'consumption', kind: 'RETURNED' } : { effect: 'arrival' };
    case 'shipping':
    case 'departing':
    case 'consigning':
      return { effect: 'departure', isReturn: state === 'returned' };
    case 'inspecting':
      return inspected(state);
    default:
      return plain.get(step ?? '') ?? withoutEffect(step);
  }
}

function inspected(state: string | null): StepMeaning {
  if (state !== null && unfit.has(state)) return { effect: 'handling', operation: 'QUARANTINED' };
  if (state !== null && fit.has(state)) return { effect: 'handling', operation: 'RELEASED' };
  return { effect: 'none', because: `an inspection that ends ${state ?? 'without a disposition'} changes no stock` };
}

function withoutEffect(step: string | null): StepMeaning {
  if (step === null) return { effect: 'unknown', because: 'it has no bizStep' };
  if (step === 'void_shipping')
    return {
      effect: 'unknown',
      because: 'void_shipping does not say which event it takes back; declare that event an error',
    };
  if (kept.has(step)) return { effect: 'none', because: `the step ${step} changes no stock` };
  return { effect: 'unknown', because: `its bizStep ${step} is not one that is known here` };
}
