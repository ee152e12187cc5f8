import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FhirEndpoint, issue } from '../../test/fhir-endpoint.js';
import { administration, bundleOf, count, implantation, notification } from '../../test/fhir-resources.js';

const ehr = 'example-hospital-ehr';
let fhir: FhirEndpoint;

beforeAll(async () => {
  fhir = await FhirEndpoint.open();
});
beforeEach(() => fhir.clear());
afterAll(() => fhir.close());

describe('a bundle', () => {
  it('as a transaction is taken whole, its references resolved within it', async () => {
    const answer = await fhir.send('POST', `R5/${ehr}`, implantation('op-1'));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        type: 'transaction-response',
        entry: [{ response: { status: '201 Created' } }, { response: { status: '200 OK' } }],
      },
    });
    expect(await fhir.recorded()).toMatchObject([
      { kind: 'USED', product: { scheme: 'GTIN', value: '04012345678901' }, lotNumber: 'LOT7', serialNumber: 'SN42' },
    ]);
    await fhir.send('POST', `R5/${ehr}`, implantation('op-1'));
    expect(await fhir.amounts()).toEqual(['USED 1']);
  });

  it('as a transaction with one bad entry is refused whole, with the place of what is wrong', async () => {
    const bad = administration('1', { id: 'given-2', dosage: {} });
    const answer = await fhir.send('POST', `R4/${ehr}`, bundleOf('transaction', [administration('1'), bad]));
    expect(answer.status).toBe(422);
    expect(answer.body['issue']).toMatchObject([
      { severity: 'error', code: 'required', expression: ['Bundle.entry[1].resource.dosage.dose'] },
    ]);
    expect(await fhir.recorded()).toEqual([]);
    expect((await fhir.send('GET', 'resources')).body).toMatchObject([{ id: 'given-2', outcome: 'refused' }]);
    expect((await fhir.send('POST', `R4/${ehr}`, bundleOf('transaction', [administration('1')]))).status).toBe(200);
    expect(await fhir.amounts()).toEqual(['USED 2']);
  });

  it('as a batch is answered entry by entry', async () => {
    const bad = administration('1', { id: 'given-2', status: 'stopped' });
    const answer = await fhir.send('POST', `R4/${ehr}`, bundleOf('batch', [bad, administration('1')]));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        type: 'batch-response',
        entry: [
          { response: { status: '422 Unprocessable Entity', outcome: issue('error', 'business-rule', /stopped/) } },
          { response: { status: '201 Created' } },
        ],
      },
    });
    expect(await fhir.amounts()).toEqual(['USED 2']);
  });

  it.each(['R4', 'R5'] as const)(
    'as a notification in %s brings what changed; what it only names is asked for',
    async (version) => {
      const one = notification(version, [administration('1', {}, version)]);
      expect((await fhir.send('POST', `${version}/${ehr}`, one)).status).toBe(200);
      expect((await fhir.send('POST', `${version}/${ehr}`, notification(version, []))).status).toBe(200);
      const absent = await fhir.send(
        'POST',
        `${version}/${ehr}`,
        notification(version, [], 'MedicationAdministration/given-9'),
      );
      expect(absent).toMatchObject({ status: 422, body: issue('error', 'not-found', /given-9.*full-resource/) });
      expect(await fhir.amounts()).toEqual(['USED 2']);
    },
  );

  it('crosses with another that names the same resources the other way round: both are answered, each counts once', async () => {
    const codes = ['A', 'B', 'C', 'D'];
    const drug = (code: string): unknown => ({ coding: [{ system: 'urn:example:north:items', code }] });
    const all = codes.map((code) =>
      administration('1', {
        id: `given-${code}`,
        medicationReference: undefined,
        medicationCodeableConcept: drug(code),
      }),
    );
    const again = all.toReversed().map((one) => ({ ...one, id: `${String(one['id'])}-2` }));
    const bundles = [all, all.toReversed(), again, again.toReversed()];
    for (let round = 0; round < 2; round += 1) {
      const answers = bundles.map((one) => fhir.send('POST', `R4/${ehr}`, bundleOf('transaction', one)));
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(await fhir.amounts()).toEqual(Array.from({ length: 8 }, () => 'USED 2'));
      await fhir.clear();
    }
  });

  it('as a transaction that names one resource twice, deletes, or brings another than it names is refused', async () => {
    const one = administration('1');
    const twice = await fhir.send('POST', `R4/${ehr}`, bundleOf('transaction', [one, one]));
    expect(twice).toMatchObject({ status: 422, body: issue('error', 'duplicate', /given-1 stands twice/) });
    const { entry, ...rest } = bundleOf('transaction', [one]) as unknown as { entry: Record<string, unknown>[] };
    const asked = (method: string, url: string): unknown => ({
      ...rest,
      entry: [{ ...entry[0], request: { method, url } }],
    });
    expect(await fhir.send('POST', `R4/${ehr}`, asked('DELETE', 'MedicationAdministration/given-1'))).toMatchObject({
      ...{ status: 422, body: issue('error', 'not-supported', /entered-in-error/) },
    });
    expect(await fhir.send('POST', `R4/${ehr}`, asked('PUT', 'MedicationAdministration/given-2'))).toMatchObject({
      ...{ status: 422, body: issue('error', 'invalid', /must name one resource/) },
    });
    expect(await fhir.recorded()).toEqual([]);
  });

  it('of another kind is refused', async () => {
    const answer = await fhir.send('POST', `R4/${ehr}`, bundleOf('document', []));
    expect(answer).toMatchObject({ status: 422, body: issue('error', 'not-supported', /document/) });
  });
});

describe('a storeroom that sends FHIR', () => {
  it('has its count recorded as operations of the store, nothing found included, and taken back as such', async () => {
    const path = 'R5/example-storeroom/InventoryReport/count-1';
    expect((await fhir.send('PUT', path, count('1'))).status).toBe(201);
    const found = await fhir.recorded();
    expect(found).toMatchObject([
      {
        topic: 'warehouse.scan',
        operation: 'COUNTED',
        documentReference: 'CS-17',
        performerRef: expect.stringMatching(/^staff-/),
      },
      { topic: 'warehouse.scan', operation: 'COUNTED', product: { value: 'SYRINGE-5' } },
    ]);
    expect(await fhir.amounts()).toEqual(['COUNTED 40', 'COUNTED 0']);
    await fhir.send('PUT', path, count('2', { status: 'entered-in-error' }));
    const [, , ...reversed] = await fhir.recorded();
    expect(reversed.map(({ operation }) => operation)).toEqual(['REVERSED', 'REVERSED']);
    const taken = reversed.map(({ reverses }) => reverses);
    expect(new Set(taken)).toEqual(new Set(found.map(({ eventId }) => eventId)));
  });
});

describe('whoever writes a mapping', () => {
  it('sees what a resource would become, and nothing is kept', async () => {
    const asked = { version: 'R4', source: ehr, resource: administration('1') };
    const shown = await fhir.send('POST', 'preview', asked, { 'content-type': 'application/json' });
    expect(shown).toMatchObject({ status: 200, body: { readings: [{ items: [{ meaning: 'USED', quantity: '2' }] }] } });
    expect(await fhir.database.query('SELECT 1 FROM fhir_resource')).toEqual([]);
  });

  it('finds what is taken in the CapabilityStatement of each release', async () => {
    for (const [version, fhirVersion] of [
      ['R4', '4.0.1'],
      ['R5', '5.0.0'],
    ] as const) {
      const { status, body } = await fhir.send('GET', `${version}/metadata`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion, rest: [{ mode: 'server' }] });
    }
  });
});
