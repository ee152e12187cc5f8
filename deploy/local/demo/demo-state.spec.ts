import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal } from '@wardline/event-contracts';
import { afterAll, expect, it } from 'vitest';
import { demoState, saveDemoState } from './demo-state.ts';

const directory = mkdtempSync(join(tmpdir(), 'wardline-demo-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('remembers a day that was broken off, and what Odoo held before it, so that the same day can be sent again', () => {
  expect(demoState(directory, 7)).toEqual({ seed: 7, begun: undefined, report: undefined });
  const begun = { end: new Date('2026-11-30T12:00:00.123Z'), before: new Map([['ICU\nGLOVE\n', new Decimal('0.30')]]) };
  saveDemoState(directory, { seed: 7, begun, report: undefined });
  expect(demoState(directory, 8)).toEqual({ seed: 7, begun, report: undefined });
  saveDemoState(directory, { seed: 7, begun: undefined, report: ['over'] });
  expect(demoState(directory, 8)).toEqual({ seed: 7, begun: undefined, report: ['over'] });
});
