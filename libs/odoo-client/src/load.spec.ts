import { describe, expect, it } from 'vitest';
import { OdooConflict, OdooLoadRefused } from './errors.js';
import { loadedIds } from './load.js';

function refusal(work: () => unknown): OdooLoadRefused {
  try {
    work();
  } catch (error) {
    if (error instanceof OdooLoadRefused) return error;
  }
  throw new Error('load was not refused');
}

describe('the answer of load', () => {
  it('is the ids in the order of the rows', () => {
    expect(loadedIds('stock.picking', { ids: [7, 5], messages: [] })).toEqual([7, 5]);
  });

  it('is an error that names the rows when Odoo refused them', () => {
    const rows = { from: 3, to: 3 };
    const error = refusal(() =>
      loadedIds('stock.picking', {
        ids: false,
        messages: [
          {
            rows,
            record: 3,
            field: 'move_ids',
            message: "No matching record found for database id '9'",
          },
          { record: 4, message: 'This lot L is incompatible with this product P' },
        ],
      }),
    );
    expect(error.messages).toEqual([
      { row: 3, field: 'move_ids', message: "No matching record found for database id '9'" },
      { row: 4, field: null, message: 'This lot L is incompatible with this product P' },
    ]);
    expect(error.message).toMatch(/^row 3: No matching.*; row 4: This lot/);
  });

  it('does not blame the first row for an error that Odoo repeats in front', () => {
    const message = 'This lot L is incompatible with this product P';
    const answer = {
      ids: false as const,
      messages: [
        { record: 0, message },
        { record: 7, message },
      ],
    };
    expect(refusal(() => loadedIds('stock.picking', answer)).messages).toEqual([{ row: 7, field: null, message }]);
  });

  it('is a conflict when another transaction was faster, although the status was 200', () => {
    const message = 'could not serialize access due to concurrent update';
    const answer = { ids: false as const, messages: [{ record: 0, message }] };
    expect(() => loadedIds('stock.picking', answer)).toThrow(OdooConflict);
  });
});
