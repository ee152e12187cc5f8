import { describe, expect, it } from 'vitest';
import { readForm } from './scan.js';

const scan = {
  ...{ scanId: 'S-1', source: 'cabinet-7', action: 'USED', symbols: ['(01)09521101530001'], location: 'NORTH-ICU' },
  scannedAt: '2026-11-21T09:15:30+01:00',
};

describe('the form of a scan', () => {
  it('needs no more than what was done, where, when and with what', () => {
    expect(readForm(scan)).toMatchObject({ count: '1', toLocation: null, performer: null });
  });

  it.each([
    ['with NUL, which no table keeps', { location: 'A\0B' }, /location: contains NUL/],
    ['that goes nowhere', { action: 'TRANSFERRED' }, /toLocation: is missing/],
    ['of a shipment that nothing ties to its arrival', { action: 'ARRIVED' }, /transferReference: is missing/],
    ['of nothing', { count: 0 }, /count: is zero/],
    ['finer than stock is kept', { count: 0.0000001 }, /count: is no amount/],
    ['without a zone', { scannedAt: '2026-11-21T09:15:30' }, /scannedAt: is no time/],
    ['whose condition belongs to a receipt', { condition: 'DAMAGED' }, /condition: belongs to the action RECEIVED/],
    ['in a condition that nobody knows', { action: 'RECEIVED', condition: 'WET' }, /condition: is neither/],
    ['that undoes what it does not name', { action: 'REVERSED' }, /reverses: is missing/],
  ])('is refused for one %s', (_, wrong, message) => {
    expect(readForm({ ...scan, ...wrong })).toMatchObject({
      ...{ outcome: 'refused', code: 'FORM', owner: 'source-system' },
      message: expect.stringMatching(message),
    });
  });

  it('lets a count find nothing', () => {
    expect(readForm({ ...scan, action: 'COUNTED', count: 0 })).toMatchObject({ count: '0' });
  });
});
