/** What an item of a cabinet's message says beside what every one says. */
export interface CabinetItem {
  readonly transaction: string;
  readonly quantity?: string;
  /** CG: taken out; CD: put back. */
  readonly type?: 'CG' | 'CD';
  /** The ZMM segment: lot, expiry, wasted quantity, reason, what is put back. */
  readonly local?: string;
}

/** A DFT^P03 of the dispensing cabinet of `@wardline/hl7v2`'s examples. */
export function cabinetMessage(
  controlId: string,
  items: readonly CabinetItem[],
  { sender = 'CABINET' }: { readonly sender?: string } = {},
): string {
  const segments = [
    `MSH|^~\\&|${sender}|NORTH|WARDLINE|HOSP|20261121081600+0100||DFT^P03|${controlId}|P|2.3`,
    'EVN|P03|20261121081500',
    'PID|1||PT1001^^^NORTH^PI||TESTCASE^ALPHA||19700101|U',
    'PV1|1|I|NORTH-ICU^12^A^NORTH||||||||||||||||V5001^^^NORTH^VN',
    ...items.flatMap(({ transaction, quantity = '2', type = 'CG', local }, index) => [
      `FT1|${index + 1}|${transaction}|B1|20261121081500||${type}|GLOVE-M^GLOVE^L|||${quantity}||||||NORTH-ICU^^^NORTH||||7711^NURSE^ONE`,
      ...(local === undefined ? [] : [`ZMM|${local}`]),
    ]),
  ];
  return segments.map((segment) => `${segment}\r`).join('');
}
