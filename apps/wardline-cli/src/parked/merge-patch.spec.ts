import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePatch, patchOf, type Json } from './merge-patch.js';

/** Some that every object of JavaScript has, too. */
const names = ['a', 'b', 'c', 'd', 'toString', 'constructor', '__proto__'];

describe('what to change in a record', () => {
  it('is exactly the difference between what was shown and what a person made of it', () => {
    const before = {
      quantity: '20',
      lotNumber: 'A',
      product: { scheme: 'GTIN', value: '1' },
      performerRef: '***',
      tags: [1],
    };
    const after = {
      quantity: '2',
      product: { scheme: 'GTIN', value: '2' },
      performerRef: '***',
      tags: [1, 2],
      reason: 'x',
    };
    expect(mergePatch(before, after)).toEqual({
      quantity: '2',
      lotNumber: null,
      product: { value: '2' },
      tags: [1, 2],
      reason: 'x',
    });
    expect(mergePatch(before, { ...before })).toBeUndefined();
  });

  it('leads to what the person made of it, by RFC 7396', () => {
    const value = fc.jsonValue({ maxDepth: 3 }).map(withoutNulls);
    const object = fc.dictionary(fc.constantFrom(...names), value).map((json) => withoutNulls(json) as Json);
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(withoutNulls(applied(before, mergePatch(before, after) ?? {}))).toEqual(withoutNulls(after));
      }),
    );
  });

  it('takes a name that means something to JavaScript for what it is', () => {
    expect(mergePatch({ a: { toString: false } }, { a: {} })).toEqual({ a: { toString: null } });
    const patch = patchOf(['__proto__.polluted=true', 'constructor.name="x"'], []);
    expect(JSON.stringify(patch)).toBe('{"__proto__":{"polluted":true},"constructor":{"name":"x"}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may be said field by field', () => {
    const set = ['quantity=2', 'lotNumber="007"', 'product.value=GAUZE 10', 'product.scheme=INTERNAL', 'reason=a=b'];
    expect(patchOf(set, ['location.area', 'serialNumber'])).toEqual({
      quantity: 2,
      lotNumber: '007',
      product: { value: 'GAUZE 10', scheme: 'INTERNAL' },
      reason: 'a=b',
      location: { area: null },
      serialNumber: null,
    });
    expect(() => patchOf(['quantity'], [])).toThrow('path=value');
  });
});

/** In our records a field that is null and one that is absent mean the same. */
function withoutNulls(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, withoutNulls(value)]),
  );
}

/** RFC 7396, section 2. */
function applied(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const isBase = typeof target === 'object' && target !== null && !Array.isArray(target);
  const base = new Map(Object.entries(isBase ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) base.delete(name);
    else base.set(name, applied(base.get(name), value));
  }
  return Object.fromEntries(base);
}
