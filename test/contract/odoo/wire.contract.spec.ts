import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import type { Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

describe('reaching Odoo', () => {
  it('tells its version to anybody', async () => {
    const response = await fetch(new URL('/web/version', hospital.target.url));
    const { version, version_info: info } = (await response.json()) as { version: string; version_info: unknown[] };
    expect(version).toMatch(/^(saas~)?\d+\.\d+/);
    expect(info).toHaveLength(6);
    expect(Number(String(info[0]).replace('saas~', ''))).toBeGreaterThanOrEqual(19);
  });

  it('tells the server time in the header of every answer', async () => {
    const response = await fetch(new URL('/web/version', hospital.target.url));
    expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('tells who the key belongs to', async () => {
    expect(await rpc.call('res.users', 'context_get')).toMatchObject({ lang: 'en_US', uid: expect.any(Number) });
  });

  it.each([
    ['a wrong key', { authorization: 'bearer wrong' }, 401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey'],
    ['no key', { authorization: '' }, 401, 'werkzeug.exceptions.Unauthorized', /^User not authenticated/],
  ])('refuses %s', async (_, headers, status, name, message) => {
    const reply = await rpc.attempt('res.partner', 'search_count', { domain: [] }, headers);
    expect(reply).toMatchObject({ status, name, message: expect.stringMatching(message) });
  });

  it('answers an unknown database with 404 and a page, not JSON', async () => {
    const reply = await rpc.attempt(
      'res.partner',
      'search_count',
      { domain: [] },
      { 'x-odoo-database': 'no_such_database' },
    );
    expect(reply.status).toBe(404);
    expect(reply.body).toMatch(/^<!doctype html>/i);
  });

  it('answers a body that is not JSON with 400', async () => {
    const reply = await rpc.post('/json/2/res.partner/search_count', '{"domain":');
    expect(reply).toMatchObject({ status: 400, name: 'werkzeug.exceptions.BadRequest' });
  });
});
