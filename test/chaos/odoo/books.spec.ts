import { describe, expect, it } from 'vitest';
import { checkBooks, type Books } from './books.ts';

/** Books in which a and b are posted, with what a test wants different. */
function books(different: Partial<Books> = {}): Books {
  return {
    movements: ['a', 'b'].map((eventId) => ({ eventId, product: 'GLOVE-M', posting: 'POSTED' })),
    transfers: ['a', 'b'].map((eventId) => ({ eventId, state: 'done' })),
    onHand: [{ product: 'GLOVE-M', ledger: -2, odoo: -2 }],
    ...different,
  };
}

function kinds(different: Partial<Books>): string[] {
  return checkBooks(books(different)).map(({ kind }) => kind);
}

describe('The check of the books', () => {
  it('has nothing to say when Odoo has each movement once, finished and in order', () => {
    expect(checkBooks(books())).toEqual([]);
  });

  it('reports a movement that Odoo has twice', () => {
    const transfers = ['a', 'b', 'b'].map((eventId) => ({ eventId, state: 'done' }));
    expect(kinds({ transfers })).toEqual(['posted twice']);
  });

  it('reports a movement that is not in Odoo, is not finished there, or of which Wardline does not know', () => {
    expect(kinds({ transfers: [{ eventId: 'a', state: 'done' }] })).toEqual(['posting missing']);
    const draft = [...books().transfers.slice(0, 1), { eventId: 'b', state: 'assigned' }];
    expect(kinds({ transfers: draft })).toEqual(['posting missing']);
    const pending = books().movements.map((movement) => ({ ...movement, posting: 'PENDING' }));
    expect(kinds({ movements: pending })).toEqual(['posting missing', 'posting missing']);
  });

  it('reports a transfer that no movement has led to', () => {
    const transfers = [...books().transfers, { eventId: 'c', state: 'done' }];
    expect(kinds({ transfers })).toEqual(['posting of nothing']);
  });

  it('reports transfers in another order than the ledger, product by product', () => {
    const transfers = ['b', 'a'].map((eventId) => ({ eventId, state: 'done' }));
    expect(kinds({ transfers })).toEqual(['posting out of order']);
    const apart = ['GLOVE-M', 'MASK'].map((product, index) => ({
      eventId: ['a', 'b'][index]!,
      product,
      posting: 'POSTED',
    }));
    expect(kinds({ movements: apart, transfers })).toEqual([]);
  });

  it('reports stock that differs', () => {
    expect(kinds({ onHand: [{ product: 'GLOVE-M', ledger: -2, odoo: -3 }] })).toEqual(['books differ']);
  });
});
