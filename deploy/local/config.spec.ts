import { expect, it } from 'vitest';
import { localConfig, portSettingOf } from './config.ts';

it('listens where the documentation says when nothing is set', () => {
  const config = localConfig({});
  expect(config.WARDLINE_KAFKA_PORT).toBe(19092);
  expect(config[portSettingOf('odoo-adapter')]).toBe(18106);
  expect(config.WARDLINE_HL7_PORT).toBe(18575);
});

it('names every wrong setting with its value', () => {
  const wrong = { WARDLINE_KAFKA_PORT: 'many', ODOO_URL: 'odoo' };
  expect(() => localConfig(wrong)).toThrow(/WARDLINE_KAFKA_PORT=many.*ODOO_URL=odoo/);
});

it('refuses an Odoo without database and key', () => {
  const half = { ODOO_URL: 'https://odoo.example.org' };
  expect(() => localConfig(half)).toThrow('must be set together with ODOO_DATABASE and ODOO_API_KEY');
});
