import { readEvent } from '@wardline/epcis';
import { exampleFhirSources, readResource } from '@wardline/fhir';
import { exampleProfiles, preview } from '@wardline/hl7v2';
import { parseBarcode } from '@wardline/barcodes';
import { describe, expect, it } from 'vitest';
import { glnOf } from '../../deploy/local/demo/generator/global-location.ts';
import { hospitalDay } from '../../deploy/local/demo/generator/hospital-day.ts';
import type { DayRecord, Edge } from '../../deploy/local/demo/generator/record.ts';
import { epcisEvent } from '../../deploy/local/demo/edges/epcis.ts';
import { fhirRequest } from '../../deploy/local/demo/edges/fhir.ts';
import { hl7Message } from '../../deploy/local/demo/edges/hl7.ts';
import { symbolOf } from '../../deploy/local/demo/edges/scan.ts';

const day = hospitalDay({ seed: 3, end: new Date('2026-11-21T12:00:00Z'), records: 3_000, clean: true });

/** Records of an edge that tell of stock and are right. */
function told(edge: Edge): DayRecord[] {
  return day.records.filter((record) => record.edge === edge && record.expect.end === 'accepted');
}

describe('what the systems of the day write', () => {
  it('is read as it is meant by the example profiles of HL7', () => {
    for (const record of told('hl7')) {
      const profile = exampleProfiles.find(({ name }) => name === record.sender)!;
      const shown = preview(profile, hl7Message(record));
      const reading = shown.readable ? shown.reading : { findings: [shown], records: [] };
      expect(reading.findings, hl7Message(record)).toEqual([]);
      const lot = record.lot === null ? {} : { lotNumber: record.lot };
      const place = record.form['ward'] === undefined ? { scheme: 'CODE', value: record.place } : null;
      expect(reading.records, hl7Message(record)).toMatchObject([
        { kind: record.what, quantity: record.quantity, location: place, serialNumber: record.serial, ...lot },
      ]);
      expect((reading.records[0] as { occurredAt: string }).occurredAt).toBe(record.at.toISOString());
    }
  });

  it('is read as it is meant by the example mappings of FHIR', () => {
    for (const record of told('fhir')) {
      const source = exampleFhirSources.find(({ name }) => name === record.sender)!;
      const { version, resource } = fhirRequest(record);
      const reading = readResource(source, version, resource as never);
      const words = JSON.stringify(resource);
      expect(
        reading.issues.filter(({ severity }) => severity === 'error'),
        words,
      ).toEqual([]);
      if (record.what === 'REVERSED') expect(reading.enteredInError, words).toBe(true);
      else {
        const { what, quantity, lot, serial, place } = record;
        expect(reading.items, words).toMatchObject([
          { meaning: what, quantity, lotNumber: lot, serialNumber: serial, location: { scheme: 'CODE', value: place } },
        ]);
        expect(reading.items[0]!.occurredAt, words).toBe(record.at.toISOString());
      }
    }
  });

  it('is read as it is meant by EPCIS 2.0', () => {
    for (const record of told('epcis')) {
      const read = readEvent(epcisEvent(record));
      const words = JSON.stringify(epcisEvent(record));
      if (!read.ok) throw new Error(`${words}: ${JSON.stringify(read.problems)}`);
      expect(read.event.problems, words).toEqual([]);
      expect(read.event.isError, words).toBe(record.what === 'REVERSED');
      const { quantity, lot, serial } = record;
      expect(read.event.items, words).toMatchObject([{ quantity, lotNumber: lot, serialNumber: serial }]);
      expect([read.event.readPoint?.gln, read.event.bizLocation?.gln], words).toContain(glnOf(record.place));
    }
  });

  it('is read as it is meant from a label', () => {
    for (const record of [...told('scan'), ...told('jsonl')]) {
      const read = parseBarcode(symbolOf(record), { referenceDate: '2026-11-21' });
      expect(read, symbolOf(record)).toMatchObject({
        outcome: 'scanned',
        ...(record.lot && { lotNumber: record.lot }),
      });
    }
  });
});
