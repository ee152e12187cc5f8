import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { repository } from '../test/config.js';
import { goldenDocuments } from '../test/golden-documents.js';
import { hospitalDocuments } from '../test/hospital-documents.js';
import { readDocument } from './event.js';
import { readEvent } from './read-event.js';
import { objectEvent, placeUri, queryDocument, type WrittenEvent } from './write-event.js';

const json = (...path: string[]): Record<string, unknown> =>
  JSON.parse(readFileSync(join(repository!, ...path), 'utf8')) as Record<string, unknown>;

function officialSchema(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(json('EPCIS-JSON-Schema.json'));
}

/** GS1 publishes schema and examples without a licence to copy them: they are read from a checkout that the setting names. */
describe.skipIf(repository === undefined)("by GS1's own definitions", () => {
  it('each golden document is valid', () => {
    const isValid = officialSchema();
    for (const { name, document } of [...goldenDocuments, ...hospitalDocuments])
      expect([name, isValid(document), isValid.errors?.[0]?.instancePath]).toEqual([name, true, undefined]);
  });

  it('each event that is written is valid, named by GS1 or by ourselves, of a piece or of an amount, and as an error', () => {
    const isValid = officialSchema();
    const at = new Date('2026-11-21T08:00:00Z');
    const item = { gtin: '09521101530001', productCode: 'SUTURE 3/0', lotNumber: 'L1', serialNumber: null };
    const usual: WrittenEvent = {
      ...{ eventId: '019361d8-0000-7000-8000-000000000007', occurredAt: at, recordedAt: at, action: 'OBSERVE', item },
      ...{ bizStep: 'stocking', disposition: 'available', quantity: '12.500000', unit: 'kg', unitCode: 'KGM' },
      readPoint: placeUri({ gln: '4012345000009', extension: 'NORTH/ICU' }),
      ...{
        bizLocation: 'urn:wardline:location:NORTH%2FOR',
        source: 'urn:wardline:location:A',
        destination: 'urn:wardline:location:B',
      },
      documents: [{ type: 'po', reference: 'PO 7' }, { reference: 'SHEET-1' }],
    };
    const written: WrittenEvent[] = [
      usual,
      { ...usual, item: { ...item, gtin: null }, unitCode: null, unit: 'Pack of 6' },
      { ...usual, item: { ...item, lotNumber: null, serialNumber: 'SN-1' }, unitCode: 'C62', unit: 'Units' },
      { ...usual, action: 'DELETE', bizStep: 'other', error: { declaredAt: at, reason: 'did_not_occur' } },
    ];
    for (const event of written) {
      const document = queryDocument([objectEvent(event)], at);
      expect([isValid(document), isValid.errors]).toEqual([true, null]);
    }
  });

  it('each published example is valid and read, and says the same in EPC URIs and in Digital Links', () => {
    const isValid = officialSchema();
    const names = readdirSync(join(repository!, 'JSON'), { recursive: true, encoding: 'utf8' });
    const examples = names.filter((name) => name.endsWith('.jsonld'));
    expect(examples.length).toBeGreaterThan(40);
    for (const name of examples) {
      const read = readDocument(json('JSON', name));
      expect([name, isValid(json('JSON', name)), read.ok]).toEqual([name, true, true]);
      if (read.ok) for (const event of read.events) expect([name, readEvent(event).ok]).toEqual([name, true]);
    }
  });
});
