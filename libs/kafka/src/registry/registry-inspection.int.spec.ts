import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, type RecordType, type TopicContract, type TopicName } from '@wardline/event-contracts';
import { testRegistry } from '@wardline/testing';
import { RegistryInspection } from './registry-inspection.js';
import { RegistryClient } from './schema-registry.js';

const type: RecordType<unknown> = catalogue[0]!.records[0]!;
const withField = (name: string, rest: object): RecordType<unknown> => {
  const schema = JSON.parse(type.schema) as { fields: object[] };
  return {
    ...type,
    schema: JSON.stringify({ ...schema, fields: [...schema.fields, { name, type: 'string', ...rest }] }),
  };
};

describe('looking at a schema registry', () => {
  let url: string;
  let registry: RegistryInspection;
  beforeAll(async () => {
    ({ url } = await testRegistry());
    registry = new RegistryInspection({ registryUrl: url });
  });

  const topic = (): TopicContract => ({ ...catalogue[0]!, name: `test.${randomUUID()}` as TopicName });

  it('tells its clock', async () => {
    const { clock } = await registry.reach();
    expect(Math.abs((clock?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('tells a schema that is registered with its rule, one that is missing, and one of another version', async () => {
    const at = topic();
    expect(await registry.subject(at, type)).toMatchObject({ state: 'missing', rule: null });
    await new RegistryClient({ registryUrl: url }).register(at, type);
    expect(await registry.subject(at, type)).toMatchObject({ state: 'registered', rule: 'FULL_TRANSITIVE' });
    const addition = withField('ward', { default: '' });
    expect(await registry.subject(at, addition)).toMatchObject({ state: 'other', compatible: true });
    expect(await registry.subject(at, withField('ward', {}))).toMatchObject({ state: 'other', compatible: false });
  });

  it('says that nobody answers, and where', async () => {
    const nowhere = new RegistryInspection({ registryUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.reach()).rejects.toThrow(/127\.0\.0\.1:1 does not answer \(/);
  });
});
