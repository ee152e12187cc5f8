import { describe, expect, it } from 'vitest';
import { unitCandidates } from './unit-candidates.js';

const nothing = { ofSource: null, forProduct: null, forAll: null };

describe('a unit code', () => {
  it.each(['EA', 'C62', 'H87', '{each}', 'Units'])('%s means pieces, whatever the crosswalk says', (code) => {
    expect(unitCandidates(code, { ofSource: null, forProduct: 'Dozens', forAll: 'Dozens' })).toEqual(['Units']);
  });

  it("is Odoo's own name first, then the crosswalk of the product, that for all, and what is well known", () => {
    expect(unitCandidates('MLT', { ofSource: null, forProduct: 'Vial', forAll: 'Ampoule' })).toEqual([
      'MLT',
      'Vial',
      'Ampoule',
      'ml',
      'mL',
    ]);
    expect(unitCandidates('BX', nothing)).toEqual(['BX']);
  });
});
