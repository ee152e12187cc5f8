import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import type { Product, Ward } from './hospital.ts';
import { acknowledgedIn, hl7Now, sendOverMllp } from './outsider/mllp.ts';
import { openStory, type Story } from './story.ts';

describe('What a cabinet and a medication record tell by HL7 reaches Odoo', () => {
  const run = randomUUID().slice(0, 8);
  let story: Story;
  let ward: Ward;
  let syringe: Product;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    syringe = await story.hospital.product();
    await story.hospital.stock(syringe, ward, 40);
    await story.known(syringe, ward);
  }, 300_000);
  afterAll(() => story?.close());

  const send = async (...messages: string[]): Promise<string[]> =>
    (await sendOverMllp(story.wardline.addresses.hl7Port, messages)).flatMap(acknowledgedIn);

  const oneVialIsOneUnit = async (): Promise<void> => {
    const answer = await fetch(`${story.wardline.addresses.services['consumption-ingest']}/crosswalk/UNIT/VIAL`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'Units', productCode: syringe.code, by: 'm.jansen' }),
    });
    expect(answer.status).toBe(200);
  };

  const moved = (type: string, count: number): Promise<readonly unknown[]> =>
    eventually(
      () => {
        const seen = story.subscriber.seen('StockMoved', { productCode: syringe.code, movementType: type });
        expect(seen).toHaveLength(count);
        return seen.map(({ data }) => data['quantity']);
      },
      { timeoutMs: 30_000 },
    );

  const onHand = (quantity: number): Promise<void> =>
    eventually(async () => expect(await story.hospital.onHand(syringe, ward)).toBe(quantity), { timeoutMs: 30_000 });

  const header = (application: string, type: string, id: string): string =>
    `MSH|^~\\&|${application}|NORTH|WARDLINE|HOSP|${hl7Now()}||${type}|${run}-${id}|P|2.5\r`;
  const visit = (at = ''): string => segment('PV1', { 2: 'I', 3: at, 19: `V-${run}` });
  const withdrawal = (id: string, quantity: string, takesBack = ''): string =>
    header('CABINET', 'DFT^P03', id) +
    segment('PID', { 3: 'PT1' }) +
    visit() +
    segment('FT1', {
      ...{ 2: `${run}-${id}`, 4: hl7Now(), 6: takesBack === '' ? 'CG' : 'CD', 7: `${syringe.code}^^L` },
      ...{ 10: quantity, 16: ward.code },
    }) +
    (takesBack === '' ? '' : segment('ZMM', { 5: takesBack }));

  it('a withdrawal sent twice is taken out once', async () => {
    const message = withdrawal('1', '3');
    expect(await send(message, message)).toEqual([`MSA|AA|${run}-1`, `MSA|AA|${run}-1`]);
    expect(await moved('CONSUMPTION', 1)).toEqual(['3.000000']);
    await onHand(37);
  });

  it('a batch is acknowledged message by message; what its second message takes back is on hand again', async () => {
    const batch =
      `BHS|^~\\&|CABINET|NORTH\r${withdrawal('2', '5')}${withdrawal('3', '3', `${run}-1`)}` +
      `${withdrawal('4', 'many')}BTS|3\r`;
    expect(await send(batch)).toEqual([
      `MSA|AA|${run}-2`,
      `MSA|AA|${run}-3`,
      expect.stringContaining(`MSA|AE|${run}-4|`),
    ]);
    expect(await moved('REVERSAL', 1)).toEqual(['3.000000']);
    await onHand(35);
  });

  it('an administration that names no place is taken from the ward to which its encounter was admitted', async () => {
    await oneVialIsOneUnit();
    const admitted = header('PAS', 'ADT^A01', '5') + segment('EVN', { 2: hl7Now() }) + visit(ward.code);
    const given =
      header('EMAR', 'RAS^O17', '6') +
      visit() +
      segment('ORC', { 1: 'RE', 3: `ORD-${run}` }) +
      segment('RXA', { 2: '1', 3: hl7Now(), 5: `${syringe.code}^^L`, 6: '2', 7: 'VIAL', 20: 'CP' });
    expect(await send(admitted, given)).toEqual([`MSA|AA|${run}-5`, `MSA|AA|${run}-6`]);
    expect(await moved('CONSUMPTION', 3)).toEqual(['3.000000', '5.000000', '2.000000']);
    await onHand(33);
  });
});

/** A segment by the numbers of its fields. */
function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return `${[name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')}\r`;
}
