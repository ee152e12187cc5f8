import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from './config.js';
import type { CommandError } from './exit.js';

const folder = mkdtempSync(join(tmpdir(), 'wardline-profiles-'));

function refusal(environment: Record<string, string>, profile?: string): CommandError {
  try {
    readSettings(folder, profile, environment);
  } catch (error) {
    return error as CommandError;
  }
  throw new Error('the settings were taken');
}

describe('the settings of the command line', () => {
  it('are those of npm start when nothing is set, also where its ports were moved', () => {
    expect(readSettings(folder, undefined, {})).toMatchObject({
      brokers: ['127.0.0.1:19092'],
      registryUrl: 'http://127.0.0.1:18081/apis/ccompat/v7',
      services: { 'consumption-ingest': 'http://127.0.0.1:18101', 'odoo-adapter': 'http://127.0.0.1:18106' },
    });
    const moved = readSettings(folder, undefined, { WARDLINE_KAFKA_PORT: '29092', WARDLINE_ODOO_ADAPTER_PORT: '5' });
    expect(moved.brokers).toEqual(['127.0.0.1:29092']);
    expect(moved.services['odoo-adapter']).toBe('http://127.0.0.1:5');
  });

  it('come from the environment, else from the profile', () => {
    writeFileSync(
      join(folder, 'ward.json'),
      JSON.stringify({ KAFKA_BROKERS: 'k1:1,k2:2', WARDLINE_BY: 'a.nurse', KAFKA_TLS: true }),
    );
    const environment = {
      WARDLINE_BY: 'm.okafor',
      WARDLINE_SERVICES: 'reconciliation=https://rec.example/,lab=http://lab:1',
    };
    expect(readSettings(folder, 'ward', environment)).toMatchObject({
      brokers: ['k1:1', 'k2:2'],
      tls: true,
      by: 'm.okafor',
      services: {
        reconciliation: 'https://rec.example',
        lab: 'http://lab:1',
        'inventory-sync': 'http://127.0.0.1:18102',
      },
    });
  });

  it('are refused with every wrong one named, and no secret told', () => {
    const error = refusal({
      KAFKA_BROKERS: 'kafka',
      SCHEMA_REGISTRY_URL: 'registry:8081',
      KAFKA_SASL_MECHANISM: 'md5',
      KAFKA_SASL_PASSWORD: 'hush',
      KAFKA_TLS: 'perhaps',
      WARDLINE_SERVICES: 'lab',
      WARDLINE_REGISTRY_PORT: '70000',
    });
    const names = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'KAFKA_SASL_MECHANISM', 'KAFKA_TLS', 'WARDLINE_SERVICES'];
    for (const name of [...names, 'WARDLINE_REGISTRY_PORT']) expect(error.message).toContain(`${name}="`);
    expect(error.message).not.toContain('hush');
    expect(error.exitCode).toBe(2);
  });

  it('say where a profile that is not there belongs', () => {
    expect(refusal({}, 'none').message).toContain(join(folder, 'none.json'));
    writeFileSync(join(folder, 'broken.json'), '[');
    expect(refusal({ WARDLINE_PROFILE: 'broken' }).message).toContain('broken.json');
  });
});
