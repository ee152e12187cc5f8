import type { Decimal } from '@wardline/event-contracts';
import { connectMllp } from '@wardline/hl7v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cabinetMessage } from '../../test/dispensing-cabinet.js';
import { openHl7Stand, type Hl7Stand } from '../../test/hl7-stand.js';

let stand: Hl7Stand;
beforeAll(async () => void (stand = await openHl7Stand()));
afterAll(() => stand.close());

const withdrawal = (id: string, quantity = '2'): string => cabinetMessage(id, [{ transaction: `T-${id}`, quantity }]);
const batch = (id: string, count: number | string, ...messages: string[]): string =>
  `BHS|^~\\&|CABINET|NORTH|WARDLINE|HOSP|20261121||||${id}\r` + `${messages.join('')}BTS|${count}\r`;
const recorded = async (): Promise<string[]> =>
  (await stand.events('clinical.consumption')).map(({ data }) => (data['quantity'] as Decimal).toFixed());

describe('a cabinet that sends a batch', () => {
  it('has each message settled as if it had come alone, and hears of each in the answering batch', async () => {
    const { answers, text } = await stand.sendBatch(
      batch('NIGHT-1', 3, withdrawal('B1', '4'), withdrawal('B2', 'two'), withdrawal('B3', '6')),
    );
    expect(answers).toEqual([
      { code: 'AA', of: 'B1', says: '' },
      { code: 'AE', of: 'B2', says: expect.stringContaining('two') },
      { code: 'AA', of: 'B3', says: '' },
    ]);
    expect(text).toMatch(
      /^BHS\|\^~\\&\|WARDLINE\|HOSP\|CABINET\|NORTH\|\d{14}\+0000\|\|\|\|[0-9a-f]{20}\.1\|NIGHT-1\r/,
    );
    expect(text).toMatch(/\rBTS\|3\r$/);
    expect(await recorded()).toEqual(['4', '6']);
  });

  it('may send it again, whole or mended: what was taken counts once', async () => {
    const again = batch('NIGHT-1', 3, withdrawal('B1', '4'), withdrawal('B2', '5'), withdrawal('B3', '6'));
    for (const _ of [1, 2])
      expect((await stand.sendBatch(again)).answers.map(({ code }) => code)).toEqual(['AA', 'AA', 'AA']);
    expect((await recorded()).sort()).toEqual(['4', '5', '6']);
  });

  it('has nothing of it taken when it holds another number of messages than it says, and is told what was counted', async () => {
    const short = batch('NIGHT-2', 3, withdrawal('C1'), withdrawal('C2'));
    const { answers } = await stand.sendBatch(short);
    const why = 'BTS[1]-1 says 3 and there are 2 messages in the batch. Something is missing; ask its sender.';
    expect(answers).toEqual([
      { code: 'AE', of: 'C1', says: expect.stringContaining(why.slice(0, 60)) },
      { code: 'AE', of: 'C2', says: expect.stringContaining(why.slice(0, 60)) },
    ]);
    expect(await stand.hl7.list({})).not.toContainEqual(expect.objectContaining({ controlId: 'C1' }));
    const whole = batch('NIGHT-2', 3, withdrawal('C1'), withdrawal('C2'), withdrawal('C3'));
    expect((await stand.sendBatch(whole)).answers.map(({ code }) => code)).toEqual(['AA', 'AA', 'AA']);
  });

  it('is told when it was cut short, or counts what is no number', async () => {
    const cut = batch('NIGHT-3', 1, withdrawal('D1')).replace(/BTS.*/, '');
    expect((await stand.sendBatch(cut)).answers).toMatchObject([{ code: 'AE', says: expect.stringContaining('BTS') }]);
    const odd = await stand.sendBatch(batch('NIGHT-4', 'one', withdrawal('D1')));
    expect(odd.answers).toMatchObject([{ code: 'AE', says: expect.stringContaining('says one') }]);
  });

  it('may send a file of batches, and an empty one when there is nothing to tell', async () => {
    const file = `FHS|^~\\&|CABINET|NORTH|||||||F-1\r${batch('P', 1, withdrawal('E1'))}${batch('Q', 0)}FTS|2\r`;
    const { answers, text } = await stand.sendBatch(file);
    expect(answers).toEqual([{ code: 'AA', of: 'E1', says: '' }]);
    expect(text.split('\r').map((line) => line.slice(0, 3))).toEqual(
      expect.arrayContaining(['FHS', 'BHS', 'MSH', 'MSA', 'BTS', 'BHS', 'BTS', 'FTS']),
    );
    expect(text).toContain('FTS|2\r');
  });

  it('hears of a batch of nothing that says it holds something', async () => {
    const { answers } = await stand.sendBatch(batch('NIGHT-5', 7));
    expect(answers).toMatchObject([{ code: 'AR', of: '', says: expect.stringContaining('says 7 and there are 0') }]);
  });

  it('has the other messages of a batch taken when one cannot be stored, and that one when it comes again', async () => {
    const locked = withdrawal('G2');
    await stand.database.query(`ALTER TABLE hl7_message ADD CONSTRAINT broken CHECK (control_id <> 'G2') NOT VALID`);
    const night = batch('NIGHT-6', 2, locked, withdrawal('G3'));
    expect((await stand.sendBatch(night)).answers.map(({ code, of }) => `${code} ${of}`)).toEqual(['AE G2', 'AA G3']);
    await stand.database.query('ALTER TABLE hl7_message DROP CONSTRAINT broken');
    expect((await stand.sendBatch(night)).answers.map(({ code }) => code)).toEqual(['AA', 'AA']);
  });
});

describe('two connections at once', () => {
  it('that send the same messages have each recorded once, and are both acknowledged', async () => {
    const other = await connectMllp({ port: stand.port });
    const before = (await recorded()).length;
    const messages = Array.from({ length: 12 }, (_, index) => withdrawal(`X${index}`));
    const answers = await Promise.all([
      ...messages.map((message) => stand.sender.send(message)),
      ...messages.toReversed().map((message) => other.send(message)),
    ]);
    expect(answers.map((answer) => /MSA.A[AER]/.exec(answer.toString())?.[0])).toEqual(
      Array.from({ length: 24 }, () => 'MSA|AA'),
    );
    expect(await recorded()).toHaveLength(before + 12);
    other.close();
  });

  it('that have one item in two messages at once have it recorded once', async () => {
    const other = await connectMllp({ port: stand.port });
    const before = (await recorded()).length;
    const both = (id: string, ...numbers: string[]): string =>
      cabinetMessage(
        id,
        numbers.map((transaction) => ({ transaction })),
      );
    const answers = await Promise.all([
      stand.sender.send(both('Y1', 'T-Y1', 'T-Y2')),
      other.send(both('Y2', 'T-Y2', 'T-Y1')),
    ]);
    for (const answer of answers) expect(answer.toString()).toContain('MSA|AA|');
    expect(await recorded()).toHaveLength(before + 2);
    other.close();
  });
});
