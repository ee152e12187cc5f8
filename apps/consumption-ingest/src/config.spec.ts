import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFhirSources } from '@wardline/fhir';
import { exampleProfiles } from '@wardline/hl7v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { config, fhirSettings, hl7Settings } from './config.js';

const required = {
  DATABASE_URL: 'postgres://a:b@h/d',
  KAFKA_BROKERS: 'h:1',
  SCHEMA_REGISTRY_URL: 'http://h/',
  PORT: '1',
};

describe('the settings', () => {
  it('allow five minutes ahead and thirty days back unless set', () => {
    expect(config(required)).toMatchObject({ MAX_CLOCK_SKEW: 300_000, MAX_RECORD_AGE: 2_592_000_000 });
    expect(config({ ...required, MAX_CLOCK_SKEW: '90s', MAX_RECORD_AGE: '12h' })).toMatchObject({
      ...{ MAX_CLOCK_SKEW: 90_000, MAX_RECORD_AGE: 43_200_000 },
    });
  });

  it('name every one that is wrong', () => {
    const read = (): unknown => config({ ...required, MAX_CLOCK_SKEW: 'soon', MAX_RECORD_AGE: '30' });
    expect(read).toThrow(/MAX_CLOCK_SKEW="soon": must be a duration[^]*MAX_RECORD_AGE="30": must be a duration/);
  });
});

describe('the settings of HL7', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wardline-profiles-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const keep = (name: string, content: unknown): void => writeFileSync(join(folder, name), JSON.stringify(content));
  const [cabinet, charges] = exampleProfiles;
  const key = 'a key of the tests that is long enough';

  it('are none while no port is set', () => {
    expect(hl7Settings(config(required))).toBeNull();
  });

  it('hold every profile of the folder', () => {
    keep('cabinet.json', cabinet);
    keep('charges.json', charges);
    const given = { ...required, HL7_MLLP_PORT: '2575', HL7_PROFILES: folder, HL7_PSEUDONYM_KEY: key };
    expect(hl7Settings(config(given))).toEqual({
      ...{ host: '127.0.0.1', port: 2575, pseudonymKey: key, tls: null },
      profiles: [cabinet, charges],
    });
  });

  it('name everything that is wrong in them, each file of a profile included', () => {
    keep('a.json', cabinet);
    keep('b.json', { ...cabinet, name: 'another' });
    keep('c.json', { ...charges, timeZone: 'Berlin' });
    const read = (): unknown =>
      config({ ...required, HL7_MLLP_PORT: '2575', HL7_PROFILES: folder, HL7_TLS_KEY_FILE: 'key.pem' });
    expect(read).toThrow(/HL7_PSEUDONYM_KEY.*is missing/);
    expect(read).toThrow(/HL7_TLS_KEY_FILE.*belong together/);
    expect(read).toThrow(/b\.json: has the name or the sender of profile example-dispensing-cabinet/);
    expect(read).toThrow(/c\.json: timeZone: this is no time zone/);
  });
});

describe('the settings of FHIR', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wardline-fhir-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const keep = (name: string, content: unknown): void => writeFileSync(join(folder, name), JSON.stringify(content));
  const [ehr, storeroom] = exampleFhirSources;
  const key = 'a key of the tests that is long enough';

  it('are none while no folder is set, and hold every mapping of it', () => {
    expect(fhirSettings(config(required))).toBeNull();
    keep('ehr.json', ehr);
    keep('storeroom.json', storeroom);
    const given = { ...required, FHIR_SOURCES: folder, HL7_PSEUDONYM_KEY: key };
    expect(fhirSettings(config(given))).toEqual({ sources: [ehr, storeroom], pseudonymKey: key });
  });

  it('name everything that is wrong in them, each file of a mapping included', () => {
    const read = (): unknown => config({ ...required, FHIR_SOURCES: folder });
    expect(read).toThrow(/there is no \.json file in it/);
    keep('a.json', ehr);
    keep('b.json', ehr);
    keep('c.json', { ...storeroom, timeZone: 'Berlin', products: [{ system: 'x', scheme: 'SUPPLIER_ITEM' }] });
    expect(read).toThrow(/HL7_PSEUDONYM_KEY.*is missing: FHIR_SOURCES needs it/);
    expect(read).toThrow(/b\.json: another file is of source example-hospital-ehr too/);
    expect(read).toThrow(
      /c\.json: timeZone: this is no time zone.*c\.json: products\.0: SUPPLIER_ITEM needs "supplier"/,
    );
  });
});
