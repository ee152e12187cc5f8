import { describe, expect, it } from 'vitest';
import { digitalLinkVectors } from '../test/digital-link-vectors.js';
import type { GoldenVector } from '../test/golden-vector.js';
import { gs1DateVectors } from '../test/gs1-date-vectors.js';
import { gs1DetailVectors } from '../test/gs1-detail-vectors.js';
import { gs1ItemVectors } from '../test/gs1-item-vectors.js';
import { gs1LogisticsVectors } from '../test/gs1-logistics-vectors.js';
import { gs1RefusedVectors } from '../test/gs1-refused-vectors.js';
import { hibcSecondaryVectors } from '../test/hibc-secondary-vectors.js';
import { hibcVectors } from '../test/hibc-vectors.js';
import { iccbbaVectors } from '../test/iccbba-vectors.js';
import { numberVectors } from '../test/number-vectors.js';
import { parseBarcode } from './parse-barcode.js';
import type { DeviceIdentifier, ScannedCode, ScanResult } from './scanned-code.js';

const suites = {
  'GS1 items': gs1ItemVectors,
  'GS1 dates': gs1DateVectors,
  'GS1 details': gs1DetailVectors,
  'GS1 logistics': gs1LogisticsVectors,
  'GS1 refused or in doubt': gs1RefusedVectors,
  'GS1 Digital Link': digitalLinkVectors,
  HIBC: hibcVectors,
  'HIBC secondary data': hibcSecondaryVectors,
  ICCBBA: iccbbaVectors,
  'EAN, UPC and ITF': numberVectors,
};

describe.each(Object.entries(suites))('%s', (_, vectors) => {
  it.each(vectors.map((vector) => [JSON.stringify(vector.scan), vector.source, vector] as const))(
    'reads %s as its source says: %s',
    (_scan, _source, vector) => {
      expect(summary(scan(vector))).toEqual(expected(vector));
    },
  );
});

describe('the golden vectors', () => {
  const all = Object.values(suites).flat();

  it('are many enough for each standard', () => {
    const strings = Object.entries(suites).filter(([name]) => /^GS1 (?!Digital)/.test(name));
    expect(strings.flatMap(([, vectors]) => vectors).length).toBeGreaterThanOrEqual(70);
    expect(digitalLinkVectors.length).toBeGreaterThanOrEqual(15);
    expect(hibcVectors.length + hibcSecondaryVectors.length).toBeGreaterThanOrEqual(20);
    expect(iccbbaVectors.length).toBeGreaterThanOrEqual(10);
    expect(numberVectors.length).toBeGreaterThanOrEqual(15);
    expect(all.filter(({ refused, reads }) => refused ?? reads?.findings).length).toBeGreaterThanOrEqual(30);
  });

  it('say once what each scan is', () => {
    const scans = all.map((vector) => JSON.stringify([vector.scan, vector.separatorsTrusted, vector.fnc1Substitute]));
    expect(new Set(scans).size).toBe(scans.length);
  });

  it('each say to the person who scanned what is wrong and what to do', () => {
    for (const vector of all) {
      const result = scan(vector);
      if (result.outcome === 'scanned') continue;
      expect(result.message).toMatch(/^\S.{10,}[.?]$/s);
      expect(result.remedy).toMatch(/\.$/);
      expect(['stores', 'master-data', 'platform']).toContain(result.owner);
    }
  });
});

function scan(vector: GoldenVector): ScanResult {
  const { fnc1Substitute, separatorsTrusted } = vector;
  return parseBarcode(vector.scan, {
    referenceDate: '2026-11-22',
    ...(fnc1Substitute === undefined ? {} : { fnc1Substitute }),
    ...(separatorsTrusted === undefined ? {} : { separatorsTrusted }),
  });
}

function expected({ reads, refused }: GoldenVector): unknown {
  return reads ? { findings: [], ...reads } : { candidates: 0, position: undefined, ...refused };
}

function summary(result: ScanResult): unknown {
  if (result.outcome === 'scanned') return reading(result);
  return { code: result.code, position: result.position, candidates: result.candidates?.length ?? 0 };
}

function reading(code: ScannedCode) {
  return {
    standard: code.standard,
    form: code.form,
    carrier: code.carrier,
    device: code.deviceIdentifier && deviceText(code.deviceIdentifier),
    content: code.contentGtin,
    lot: code.lotNumber,
    serial: code.serialNumber,
    expiry: moment(code.expiryDate, code.expiryTime),
    production: moment(code.productionDate, code.productionTime),
    bestBefore: code.bestBeforeDate,
    count: code.count,
    measures: code.measures.map(({ quantity, unit }) => `${quantity.toFixed()} ${unit}`).join(', ') || undefined,
    sscc: code.sscc,
    locations:
      code.locations
        .map(({ identifier, gln, extension }) => [identifier, gln, extension].filter(Boolean).join(' '))
        .join(', ') || undefined,
    donation: code.donationNumber,
    product: code.productCode,
    link: code.hibcLink && `${code.hibcLink.part} ${code.hibcLink.character}`,
    elements: code.elements.map(({ identifier, value }) => `${identifier}=${value}`).join(' '),
    findings: code.findings.map((finding) => finding.code),
  };
}

function deviceText(device: DeviceIdentifier): string {
  if (device.scheme === 'HIBC')
    return `HIBC:${device.value} (${device.labeler} ${device.product} ${device.unitOfMeasure})`;
  if (device.scheme === 'ICCBBA')
    return `ICCBBA:${device.value} (${device.processor} ${device.product} ${device.description})`;
  return `${device.scheme}:${device.value}`;
}

function moment(date: string | undefined, time: string | undefined): string | undefined {
  return time === undefined ? date : `${date} ${time}`;
}
