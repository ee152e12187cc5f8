import { testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { deriveEventId, newEventId } from '@wardline/event-handling';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { IntakeMemory } from './forget-intake.store.js';

const day = 86_400_000;
const long = new Date(testMorning.getTime() - 500 * day);
const lately = new Date(testMorning.getTime() - 10 * day);
const before = new Date(testMorning.getTime() - 400 * day);
const tables = [
  ...['scan', 'hl7_message', 'hl7_item', 'fhir_resource', 'fhir_version', 'fhir_item', 'file_intake', 'file_row'],
  ...['file_item', 'epcis_capture', 'epcis_event'],
];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(migrations);
});
afterAll(() => database.close());

/** One of everything that an edge remembers, taken in at a time. */
async function takenIn(at: Date, name: string): Promise<void> {
  const id = deriveEventId(newEventId(at), name, at);
  const run = (sql: string, ...values: unknown[]) => database.query(sql, values);
  await run(`INSERT INTO scan VALUES ('scanner', $1, 'USED', '\\x00', $2)`, name, id);
  await run(
    `INSERT INTO hl7_message (profile, control_id, type, outcome, records, findings, digest, meaning, received_at)
     VALUES ('cabinet', $1, 'DFT', 'accepted', 1, '[]', '\\x00', '\\x00', $2)`,
    ...[name, at],
  );
  await run(`INSERT INTO hl7_item VALUES ('cabinet', $1, 'USED', '\\x00', $2)`, name, id);
  await run(
    `INSERT INTO fhir_resource (source, type, id, fhir_version, outcome, records, issues, received_at)
     VALUES ('ehr', 'SupplyDelivery', $1, 'R4', 'taken', 1, '[]', $2)`,
    ...[name, at],
  );
  await run(`INSERT INTO fhir_version VALUES ('ehr', 'SupplyDelivery', $1, '1', '\\x00')`, name);
  await run(`INSERT INTO fhir_item VALUES ($2, 'ehr', 'SupplyDelivery', $1, '{}')`, name, id);
  await run(
    `WITH file AS (
       INSERT INTO file_intake (feed, name, digest, bytes, state, received_at, ended_at)
       VALUES ('pharmacy', $1, '\\x00', 1, 'taken', $2, $2) RETURNING id
     ), again AS (
       INSERT INTO file_intake (feed, name, digest, bytes, state, repeats, received_at, ended_at)
       SELECT 'pharmacy', $1, '\\x00', 1, 'repeated', id, $2, $2 FROM file
     )
     INSERT INTO file_row (file, row, line, outcome, event_id) SELECT id, 1, 2, 'taken', $3::uuid FROM file`,
    ...[name, at, id],
  );
  await run(`INSERT INTO file_item VALUES ('pharmacy', $1, false, '\\x00', $2)`, name, id);
  const capture = newEventId(at);
  await run(`INSERT INTO epcis_capture VALUES ($1, $2, 'rollback', true, '[]')`, capture, at);
  await run(`INSERT INTO epcis_event VALUES ($1, 'said', false, '[]', $2, $3)`, name, at, capture);
}

async function kept(): Promise<Record<string, number>> {
  const counts = await Promise.all(
    tables.map(async (table) => {
      const [row] = await database.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table}`);
      return [table, Number(row!.rows)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

it('what was taken in longer ago than the retention is forgotten at every edge, the rest is kept', async () => {
  await takenIn(lately, 'lately');
  const usual = await kept();
  expect(usual).toMatchObject({ scan: 1, fhir_item: 1, file_intake: 2, epcis_event: 1 });
  await takenIn(long, 'long ago');
  const memory = new IntakeMemory(database);
  expect(await memory.forgetSome(before)).toBeGreaterThan(0);
  while ((await memory.forgetSome(before)) > 0);
  expect(await kept()).toEqual(usual);
  const ids = await database.query(`SELECT scan_id FROM scan UNION ALL SELECT control_id FROM hl7_message`);
  expect(ids).toEqual([{ scan_id: 'lately' }, { scan_id: 'lately' }]);
});
