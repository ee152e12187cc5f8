import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FhirEndpoint, issue, type Answer } from '../../test/fhir-endpoint.js';
import { administration } from '../../test/fhir-resources.js';

const ehr = 'example-hospital-ehr';
let fhir: FhirEndpoint;

beforeAll(async () => {
  fhir = await FhirEndpoint.open();
});
beforeEach(() => fhir.clear());
afterAll(() => fhir.close());

const give = (overrides: Record<string, unknown> = {}, version = '1'): Promise<Answer> =>
  fhir.send('PUT', `R4/${ehr}/MedicationAdministration/given-1`, administration(version, overrides));

describe('a health record that sends FHIR', () => {
  it('has what was given recorded before it is answered, without patient, stay or staff', async () => {
    const answer = await give();
    expect(answer).toMatchObject({ status: 201, body: issue('information', 'informational', /Recorded: 1/) });
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    expect(answer.headers.get('location')).toBe(`/fhir/R4/${ehr}/MedicationAdministration/given-1/_history/1`);
    const [record] = await fhir.recorded();
    expect(record).toMatchObject({
      ...{ topic: 'clinical.consumption', key: 'NORTH-ICU/PARA-500', source: ehr, kind: 'USED', unit: 'EA' },
      ...{ product: { scheme: 'INTERNAL', value: 'PARA-500' }, location: { scheme: 'CODE', value: 'NORTH-ICU' } },
      ...{ lotNumber: 'L2411A', expiryDate: '2027-03-31', occurredAt: new Date('2026-11-21T07:15:00Z') },
      encounterRef: expect.stringMatching(/^enc-[0-9a-f]{24}$/),
      performerRef: expect.stringMatching(/^staff-[0-9a-f]{24}$/),
    });
    const names = ['delivery.outbox', 'fhir_resource', 'fhir_version', 'fhir_item'];
    const tables = await Promise.all(names.map((name) => fhir.database.query(`SELECT t::text FROM ${name} t`)));
    for (const person of ['Patient/7001', 'TESTCASE', 'Encounter/V5001', 'Practitioner/7711'])
      expect(JSON.stringify(tables)).not.toContain(person);
  });

  it('may send a version as often as it likes: it counts once', async () => {
    expect([(await give()).status, (await give()).status, (await give()).status]).toEqual([201, 200, 200]);
    expect(await fhir.amounts()).toEqual(['USED 2']);
    const [seen] = (await fhir.send('GET', 'resources?outcome=taken')).body as unknown as unknown[];
    expect(seen).toMatchObject({ id: 'given-1', versionId: '1', records: 1, times: 3, outcome: 'taken' });
  });

  it('takes back what was entered in error, once, and what comes late of it changes nothing', async () => {
    await give({}, '2');
    const wrong = { status: 'entered-in-error' };
    expect(await give(wrong, '3')).toMatchObject({
      status: 200,
      body: issue('information', 'informational', /back: 1/),
    });
    expect(await give(wrong, '3')).toMatchObject({ status: 200 });
    expect(await give({}, '1')).toMatchObject({ body: issue('information', 'informational', /later version/) });
    const [used, reversed, ...more] = await fhir.recorded();
    expect(more).toEqual([]);
    expect(reversed).toMatchObject({ kind: 'REVERSED', reverses: used!['eventId'], reason: 'entered in error' });
    expect(await fhir.amounts()).toEqual(['USED 2', 'REVERSED 2']);
  });

  it('corrects an amount: the first record is taken back and the right one recorded in one commit', async () => {
    await give();
    await give({ dosage: { dose: { value: 3, unit: 'TAB' } } }, '2');
    expect(await fhir.amounts()).toEqual(['USED 2', 'REVERSED 2', 'USED 3']);
    await give({ dosage: { dose: { value: 3, unit: 'TAB' } }, note: [{ text: 'tolerated' }] }, '3');
    expect(await fhir.amounts()).toHaveLength(3);
  });

  it('is told when one version says two things', async () => {
    await give();
    const other = await give({ dosage: { dose: { value: 3, unit: 'TAB' } } });
    expect(other).toMatchObject({ status: 409, body: issue('error', 'conflict', /Version 1 .* said otherwise/) });
    expect(await fhir.amounts()).toEqual(['USED 2']);
  });

  it('hears why nothing is recorded of what was not done or is not finished', async () => {
    expect(await give({ status: 'in-progress' }, '1')).toMatchObject({
      status: 201,
      body: issue('information', 'informational', /not finished/),
    });
    expect(await give({ status: 'not-done' }, '2')).toMatchObject({
      body: issue('information', 'informational', /no stock was moved/),
    });
    expect(await give({ status: 'stopped' }, '3')).toMatchObject({
      status: 422,
      body: issue('error', 'business-rule', /stopped/),
    });
    expect(await fhir.recorded()).toEqual([]);
  });

  it('is told what is wrong, where, and whose job it is, and may send it again once it is mended', async () => {
    expect(await give({ dosage: {} })).toMatchObject({
      status: 422,
      body: { issue: [{ severity: 'error', code: 'required', expression: ['MedicationAdministration.dosage.dose'] }] },
    });
    expect((await fhir.send('GET', 'resources?outcome=refused')).body).toMatchObject([
      { id: 'given-1', outcome: 'refused' },
    ]);
    expect(await give()).toMatchObject({ status: 201 });
    expect((await fhir.send('GET', 'resources?outcome=refused')).body).toEqual([]);
  });

  it.each([
    [
      'XML',
      'R4/x/Procedure',
      '<Procedure/>',
      { 'content-type': 'application/fhir+xml' },
      415,
      'not-supported',
      /fhir\+xml/,
    ],
    [
      'another release',
      `R4/${ehr}`,
      '{}',
      { 'content-type': 'application/fhir+json; fhirVersion=5.0' },
      415,
      'not-supported',
      /FHIR 5.0/,
    ],
    ['what is no JSON', `R4/${ehr}`, '{', {}, 400, 'invalid', /JSON/],
    ['a number that would be rounded', `R4/${ehr}`, '{"a":1.0000000000000001}', {}, 400, 'invalid', /15 digits/],
    [
      'an unknown source',
      'R4/nobody/Procedure',
      '{}',
      {},
      404,
      'not-found',
      /no FHIR source nobody; there are example/,
    ],
    ['an unknown version', `R3/${ehr}/Procedure`, '{}', {}, 404, 'not-found', /R4 and R5/],
    [
      'a type that says nothing of stock',
      `R4/${ehr}/Patient`,
      '{"resourceType":"Patient"}',
      {},
      404,
      'not-supported',
      /Patient/,
    ],
    [
      'a type of the other release',
      `R4/${ehr}/DeviceUsage`,
      '{"resourceType":"DeviceUsage"}',
      {},
      404,
      'not-supported',
      /R4/,
    ],
    [
      'another type than the address',
      `R4/${ehr}/Procedure`,
      '{"resourceType":"Patient"}',
      {},
      400,
      'invalid',
      /Patient/,
    ],
  ] as const)('refuses %s with an OperationOutcome', async (_what, path, body, headers, status, code, words) => {
    expect(await fhir.send('POST', path, body, headers)).toMatchObject({ status, body: issue('error', code, words) });
  });

  it('is told that it was not taken while the database is away, and loses nothing by it', async () => {
    await fhir.database.query('ALTER TABLE fhir_item RENAME TO away');
    expect((await give()).status).toBeGreaterThanOrEqual(500);
    expect(await fhir.database.query('SELECT 1 FROM fhir_resource')).toEqual([]);
    await fhir.database.query('ALTER TABLE away RENAME TO fhir_item');
    expect((await give()).status).toBe(201);
    expect(await fhir.amounts()).toEqual(['USED 2']);
  });
});
