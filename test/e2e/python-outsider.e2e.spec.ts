import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { settings } from './config.ts';
import { openStory, type Story } from './story.ts';

const run = promisify(execFile);
const scripts = join(import.meta.dirname, 'outsider', 'python');

// Needs Python 3 and a package index: one of the slow proofs, E2E_PYTHON=on.
describe.runIf(settings().E2E_PYTHON === 'on')("An upstream team with Confluent's own Python client", () => {
  let story: Story;
  let python: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wardline-python-'));
    await run('python3', ['-m', 'venv', folder]);
    python = join(folder, 'bin', 'python');
    await run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(scripts, 'requirements.txt')]);
    story = await openStory();
    return async () => {
      await story.close();
      rmSync(folder, { recursive: true, force: true });
    };
  }, 600_000);

  it('sends a record that ends in Odoo, and reads every event that it led to', async () => {
    const { hospital, wardline, subscriber } = story;
    const [ward, product] = [await hospital.ward(), await hospital.product({ tracking: 'lot' })];
    await hospital.stock(product, ward, 30, await hospital.lot(product, 'PY-1'));
    await eventually(() => expect(subscriber.seen('LotChanged', { productCode: product.code })).not.toEqual([]), {
      timeoutMs: 30_000,
    });
    const { brokers, registryUrl } = wardline.addresses;
    const words = [brokers, registryUrl, product.code, ward.code, '2', 'Pack of 6', 'PY-1'];
    const { stdout } = await run(python, [join(scripts, 'ward.py'), ...words]);
    expect(JSON.parse(stdout)).toMatchObject({
      'clinical.consumption-receipt': { productCode: product.code, quantity: '12.000000', unit: 'Units' },
      'inventory.stock': { movementType: 'CONSUMPTION', fromLocation: ward.code, lotNumber: 'PY-1' },
      'erp.posting': { model: 'stock.picking' },
    });
    expect(await hospital.onHand(product, ward, 'PY-1')).toBe(18);
  }, 180_000);
});
