import { type BadConfiguration, readConfig } from '@wardline/service-defaults';
import { expect, it } from 'vitest';
import { adapterConfig } from './config.js';

const good = {
  ...{
    DATABASE_URL: 'postgres://a:b@c/d',
    KAFKA_BROKERS: 'kafka:9092',
    SCHEMA_REGISTRY_URL: 'http://registry',
    PORT: '18106',
  },
  ...{ ODOO_URL: 'http://erp:8069', ODOO_DATABASE: 'erp', ODOO_API_KEY: 'secret' },
};

function complaints(change: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(adapterConfig, { ...good, ...change });
    return [];
  } catch (error) {
    return (error as BadConfiguration).lines;
  }
}

it('takes the policy as a JSON list', () => {
  const policy = [{ category: 'All / Gloves', policy: 'coalesced', windowSeconds: 60 }];
  expect(readConfig(adapterConfig, { ...good, POSTING_POLICY: JSON.stringify(policy) }).POSTING_POLICY).toEqual(policy);
});

it.each([
  [{ ODOO_URL: undefined, ODOO_DATABASE: undefined }, ['ODOO_URL', 'ODOO_DATABASE']],
  [{ ODOO_API_KEY: undefined }, ['ODOO_API_KEY']],
  [{ ODOO_API_KEY_FILE: '/run/key' }, ['ODOO_API_KEY']],
  [{ ODOO_PROTOCOL: 'jsonrpc' }, ['ODOO_LOGIN']],
  [{ POSTING_POLICY: 'coalesced' }, ['POSTING_POLICY']],
  [{ POSTING_POLICY: '[{"category":"All","policy":"coalesced"}]' }, ['POSTING_POLICY']],
  [{ POSTING_BATCH_SIZE: '0', MASTERDATA_POLL_MS: 'often' }, ['POSTING_BATCH_SIZE', 'MASTERDATA_POLL_MS']],
])('names every bad setting of %j', (change, names) => {
  const lines = complaints(change);
  expect(lines.map((line) => /^\w+/.exec(line)?.[0])).toEqual(names);
  expect(lines.join()).not.toContain('secret');
});
