import { describe, expect, it } from 'vitest';
import { coveredState, transferState } from './move-state.js';

const internal = { source_usage: 'internal', move_type: 'direct' };
const move = (state: string, product_uom_qty = 1) => ({ state, product_uom_qty, dest_usage: 'production' });

describe('the state of a move', () => {
  it.each([
    ['draft', 0, 5, 'draft'],
    ['draft', 5, 5, 'assigned'],
    ['confirmed', 2, 5, 'partially_available'],
    ['assigned', 0, 5, 'confirmed'],
    ['done', 0, 5, 'done'],
  ])('%s with %s of %s is %s', (state, quantity, product_uom_qty, expected) => {
    expect(coveredState({ state, quantity, product_uom_qty })).toBe(expected);
  });
});

describe('the state of a transfer', () => {
  it.each([
    ['without moves', [], 'draft'],
    ['with a draft move', [move('draft'), move('assigned')], 'draft'],
    ['when all is cancelled', [move('cancel'), move('cancel')], 'cancel'],
    ['when the rest is cancelled', [move('done'), move('cancel')], 'done'],
    ['when one move waits and one is ready', [move('confirmed'), move('assigned')], 'assigned'],
    ['when all wait', [move('confirmed'), move('confirmed')], 'confirmed'],
  ])('%s', (_, moves, expected) => {
    expect(transferState(internal, moves)).toBe(expected);
  });

  it('is ready at once when the stock comes from outside the house', () => {
    expect(transferState({ source_usage: 'production', move_type: 'direct' }, [move('confirmed')])).toBe('assigned');
  });
});
