import { describe, expect, it } from 'vitest';
import type { AvroField, AvroRecord } from './avro-schema.ts';
import { incompatibilities } from './compatibility.ts';
import type { Contracts } from './contract-files.ts';

const kind = { type: 'enum', name: 'Kind', doc: 'Kind.', symbols: ['UNKNOWN', 'USED'], default: 'UNKNOWN' } as const;
const base: AvroField[] = [
  { name: 'source', type: 'string' },
  { name: 'lot', type: ['null', 'string'], default: null },
  { name: 'quantity', type: { type: 'bytes', logicalType: 'decimal', precision: 18, scale: 6 } },
  { name: 'kind', type: kind },
  { name: 'count', type: 'int' },
];

function record(fields: readonly AvroField[]): AvroRecord {
  return { type: 'record', name: 'StockCounted', namespace: 'org.wardline.inventory', fields };
}

function contracts(fields: readonly AvroField[]): Contracts {
  const topic = {
    name: 'inventory.count',
    records: ['org.wardline.inventory.StockCounted'],
    readers: ['reconciliation', 'finance-posting'],
  };
  return {
    schemas: [{ path: 'schemas/inventory/StockCounted.avsc', domain: 'inventory', schema: record(fields) }],
    topics: [topic as never],
  };
}

function check(fields: readonly AvroField[], ...releasedFields: (readonly AvroField[])[]): string[] {
  const released = (releasedFields.length > 0 ? releasedFields : [base]).map((given, index) => ({
    record: 'StockCounted',
    version: index + 1,
    schema: record(given),
  }));
  return incompatibilities(contracts(fields), released);
}

const without = (name: string): AvroField[] => base.filter((field) => field.name !== name);
const changed = (name: string, type: AvroField['type']): AvroField[] =>
  base.map((field) => (field.name === name ? { ...field, type } : field));

describe('a contract may change', () => {
  it('by nothing', () => expect(check(base)).toEqual([]));

  it('by a new optional field', () => {
    expect(check([...base, { name: 'reason', type: ['null', 'string'], default: null }])).toEqual([]);
  });

  it('by giving up an optional field', () => expect(check(without('lot'))).toEqual([]));

  it('by a new symbol of an enum that has a default', () => {
    expect(check(changed('kind', { ...kind, symbols: ['UNKNOWN', 'USED', 'DONATED'] }))).toEqual([]);
  });

  it('in the words of its documentation', () => {
    expect(check(base.map((field) => ({ ...field, doc: `${field.name}, better said` })))).toEqual([]);
  });
});

describe('a contract may not change', () => {
  it('by a new field without a default: what is published does not have it', () => {
    const [first, ...rest] = check([...base, { name: 'ward', type: 'string' }]);
    expect(rest).toEqual([]);
    expect(first).toContain('org.wardline.inventory.StockCounted.ward: is not written, and the reader has no default');
    expect(first).toContain('readers with the current version cannot read what version 1 wrote');
    expect(first).toContain('Hurt: finance-posting, reconciliation.');
  });

  it('by giving up a field that older readers need', () => {
    expect(check(without('source'))).toEqual([
      expect.stringContaining('StockCounted.source: is not written') as string,
    ]);
    expect(check(without('source'))[0]).toContain('readers with version 1 cannot read what the current version wrote');
  });

  it('by another name for a field', () => {
    const renamed = base.map((field) => (field.name === 'source' ? { ...field, name: 'origin' } : field));
    expect(check(renamed)).toHaveLength(2);
  });

  it('by a widened number, which older readers cannot take', () => {
    expect(check(changed('count', 'long'))).toEqual([
      expect.stringContaining('StockCounted.count: long is not read as int; readers with version 1') as string,
    ]);
  });

  it('by another scale of a decimal, which Avro alone would not notice', () => {
    const [, first] = check(changed('quantity', { type: 'bytes', logicalType: 'decimal', precision: 18, scale: 4 }));
    expect(first).toContain('StockCounted.quantity: decimal(18,6) is not read as decimal(18,4)');
  });

  it('by making a required field optional, or the other way round', () => {
    expect(check(changed('source', ['null', 'string']))[0]).toContain('StockCounted.source');
    expect(check([...without('lot'), { name: 'lot', type: 'string' }])[0]).toContain('StockCounted.lot');
  });

  it('by a symbol given up from an enum without a default', () => {
    const { default: _, ...bare } = kind;
    const before = changed('kind', { ...bare, symbols: ['USED', 'WASTED'] });
    expect(check(changed('kind', { ...bare, symbols: ['USED'] }), before)[0]).toContain(
      'StockCounted.kind: the reader knows no WASTED',
    );
  });

  it('by breaking an older version only', () => {
    const second = [...without('lot')];
    const third = [...second, { name: 'lot', type: 'int', default: 0 } as const];
    expect(check(third, base, second)[0]).toContain('version 1');
    expect(check(third, base, second).join()).not.toContain('version 2');
  });

  it('by vanishing', () => {
    const released = [{ record: 'StockCounted', version: 1, schema: record(base) }];
    expect(incompatibilities({ schemas: [], topics: [] }, released)).toEqual([
      expect.stringContaining('StockCounted: was released and has no .avsc any more') as string,
    ]);
  });
});
