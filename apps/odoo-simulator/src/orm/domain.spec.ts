import { describe, expect, it } from 'vitest';
import { models } from '../models.js';
import { parseDomain } from './domain.js';
import { whereSql } from './domain-sql.js';
import type { Value } from './field.js';

const sqlOf = (model: string, domain: Value, activeTest = false): { text: string; parameters: unknown[] } => {
  const scope = { models, parameters: [], activeTest };
  return { text: whereSql(scope, models.get(model), parseDomain(domain), 'r'), parameters: scope.parameters };
};

describe('reading a domain', () => {
  it('joins neighbours by and', () => {
    expect(
      parseDomain([
        ['a', '=', 1],
        ['b', '=', 2],
      ]),
    ).toEqual({
      kind: 'and',
      parts: [
        { kind: 'condition', path: 'a', operator: '=', value: 1 },
        { kind: 'condition', path: 'b', operator: '=', value: 2 },
      ],
    });
  });

  it('takes the operands of a prefix operator in their order', () => {
    const domain = parseDomain(['|', ['a', '>', 1], '&', ['b', '=', 2], '!', ['c', '=', 3], ['d', '=', 4]]);
    expect(domain).toMatchObject({
      kind: 'and',
      parts: [
        {
          kind: 'or',
          parts: [{ path: 'a' }, { kind: 'and', parts: [{ path: 'b' }, { kind: 'not', part: { path: 'c' } }] }],
        },
        { path: 'd' },
      ],
    });
  });

  it.each<[string, Value, string]>([
    ['an operand is missing', ['&', ['id', '=', 1]], "Domain() malformed domain ['&', ['id', '=', 1]]"],
    ['an operator is unknown', [['id', '=>', 1]], "Invalid operator in condition ('id', '=>', 1)"],
    ['an item is no condition', ['nonsense'], "Domain() invalid item in domain: 'nonsense'"],
  ])('complains as Odoo does when %s', (_, domain, message) => {
    expect(() => parseDomain(domain)).toThrow(message);
  });
});

describe('a domain in SQL', () => {
  it('never writes a value into the text', () => {
    const { text, parameters } = sqlOf('stock.location', [['name', 'ilike', "x'; DROP TABLE stock_move; --"]]);
    expect(text).not.toContain('DROP');
    expect(parameters).toEqual(["%x'; DROP TABLE stock\\_move; --%"]);
  });

  it('takes false as empty: NULL for a link, the zero of the type for a number or a text', () => {
    expect(sqlOf('stock.location', [['location_id', '=', false]]).text).toContain('r."location_id" IS NULL');
    expect(sqlOf('stock.location', [['barcode', '=', false]]).text).toContain(`COALESCE(r."barcode", '') = ''`);
    expect(sqlOf('stock.quant', [['quantity', '=', 0]]).text).toContain('COALESCE(r."quantity", 0) = 0');
  });

  it('lets "after" begin at the next second, since stored times are finer than shown ones', () => {
    expect(sqlOf('res.partner', [['write_date', '>', '2026-11-21 10:00:00']]).text).toContain(
      `r."write_date" >= date_trunc('second', $1::timestamp) + interval '1 second'`,
    );
  });

  it('follows a path through the table it leads to', () => {
    expect(sqlOf('stock.quant', [['location_id.barcode', '=', 'W1']]).text).toMatch(
      /r\."location_id" IN \(SELECT r_\.id FROM "stock_location" r_ WHERE .*r_\."barcode"/,
    );
  });

  it('hides archived records unless the domain or the context asks for them', () => {
    expect(sqlOf('stock.location', [], true).text).toContain('r."active" IS TRUE');
    expect(sqlOf('stock.location', [['active', '=', false]], true).text).toBe('(r."active" IS NOT TRUE)');
    expect(sqlOf('stock.location', [], false).text).toBe('TRUE');
  });

  it('names an unknown field with its model', () => {
    expect(() => sqlOf('stock.location', [['nope', '=', 1]])).toThrow(
      "Invalid field stock.location.nope in condition ('nope', '=', 1)",
    );
  });
});
