import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContracts } from './contract-files.ts';
import type { Contracts } from './contract-files.ts';
import { driftedFiles, generatedFiles } from './generate.ts';
import { lintContracts } from './schema-lint.ts';
import { constantName } from './catalogue-module.ts';

const root = resolve(import.meta.dirname, '../../../..');
const contracts = readContracts(root);

/** The contracts of this workspace with one text of one file replaced. */
function spoilt(file: string, from: string, to: string): Contracts {
  const schemas = contracts.schemas.map((schema) => {
    if (!schema.path.endsWith(`/${file}.avsc`)) return schema;
    const text = JSON.stringify(schema.schema);
    expect(text).toContain(from);
    return { ...schema, schema: JSON.parse(text.replace(from, to)) as typeof schema.schema };
  });
  return { ...contracts, schemas };
}

describe('generated contracts', () => {
  it('are what the schemas of this workspace say', () => {
    expect(lintContracts(contracts)).toEqual([]);
    expect(driftedFiles(root, generatedFiles(contracts))).toEqual([]);
  });

  it('are named one by one when they drift, files of no schema included', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'contracts-'));
    try {
      const files = generatedFiles(contracts);
      expect(driftedFiles(elsewhere, files)).toEqual([...files.keys()]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('define a type that several records share once', () => {
    const clinical = generatedFiles(contracts).get('libs/event-contracts/src/generated/clinical.ts')!;
    expect(clinical.match(/export type ConsumptionKind /g)).toHaveLength(1);
  });

  it.each([
    ['clinical.consumption-receipt', 'ClinicalConsumptionReceipt'],
    ['erp.posting', 'ErpPosting'],
  ])('call the topic %s %s', (topic, name) => expect(constantName(topic)).toBe(name));
});

describe('the rules for schemas', () => {
  it.each([
    [
      'StockMoved',
      '"name":"lotNumber","type":["null","string"]',
      '"name":"lotNumber","type":["string","null"]',
      'lotNumber is a union other than',
    ],
    ['StockMoved', '"precision":18,"scale":6', '"precision":10,"scale":2', 'quantity is decimal(10,2)'],
    ['StockMoved', 'Example: L2411A', 'L2411A', 'lotNumber has no doc with its meaning and "Example: "'],
    ['StockMoved', ',"default":"UNKNOWN"', '', 'enum MovementType has no default symbol'],
    ['StockMoved', '"name":"recordedAt"', '"name":"notedAt"', 'every record begins with eventId'],
    [
      'StockMoved',
      'org.wardline.inventory',
      'org.wardline.stock',
      'should be org.wardline.inventory, after its folder',
    ],
    ['StockMoved', '"name":"StockMoved"', '"name":"StockWent"', 'should stand in StockWent.avsc'],
    ['StockMoved', '"type":"string","doc":"Product', '"type":"float","doc":"Product', 'productCode has the type float'],
    ['ConsumptionRecorded', '"RETURNED",', '', 'ConsumptionKind differs from the one in'],
    ['ConsumptionRecorded', '"sensitivity":"personal"', '"sensitivity":"secret"', 'has the sensitivity secret'],
  ])('say of %s with %s as %s: %s', (file, from, to, sentence) => {
    const faults = lintContracts(spoilt(file, from, to)).filter((fault) => fault.includes(sentence));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('.avsc');
  });

  it('say which records and topics have no counterpart, and what a topic lacks', () => {
    const [first, ...others] = contracts.topics;
    const topics = [
      { ...first!, records: ['org.wardline.clinical.Ghost'], retention: '90 days', partitions: 0 },
      ...others,
    ];
    expect(lintContracts({ ...contracts, topics })).toEqual([
      'schemas/catalogue.yaml: clinical.consumption has 0 partitions',
      'schemas/catalogue.yaml: clinical.consumption has the retention 90 days; write forever, compact or days such as P90D',
      'schemas/catalogue.yaml: clinical.consumption asks for approval of edits of org.wardline.clinical.ConsumptionRecorded, which is none of its records',
      'schemas/catalogue.yaml: org.wardline.clinical.Ghost has no .avsc',
      'schemas/clinical/ConsumptionRecorded.avsc: is in no topic of the catalogue',
    ]);
  });

  it('keep personal fields off public topics', () => {
    const topics = contracts.topics.map((topic) => ({ ...topic, dataClass: 'public' }));
    expect(lintContracts({ ...contracts, topics })).toEqual([
      'schemas/catalogue.yaml: clinical.consumption is public and org.wardline.clinical.ConsumptionRecorded has personal fields',
      'schemas/catalogue.yaml: warehouse.scan is public and org.wardline.warehouse.StockOperationRecorded has personal fields',
      'schemas/catalogue.yaml: reconciliation.case is public and org.wardline.reconciliation.CaseChanged has personal fields',
      'schemas/catalogue.yaml: reconciliation.case is public and org.wardline.reconciliation.CaseClosed has personal fields',
      'schemas/catalogue.yaml: operations.intervention is public and org.wardline.operations.InterventionRequested has personal fields',
    ]);
  });

  it('name the file that is no JSON', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'contracts-'));
    try {
      mkdirSync(join(elsewhere, 'schemas/inventory'), { recursive: true });
      writeFileSync(join(elsewhere, 'schemas/inventory/Broken.avsc'), '{"type": "record",');
      expect(() => readContracts(elsewhere)).toThrow('schemas/inventory/Broken.avsc: ');
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
