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
