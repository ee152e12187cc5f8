import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { settings } from './config.ts';
import { acknowledgedIn, hl7Now, sendOverMllp } from './outsider/mllp.ts';
import { openStory, type Story } from './story.ts';

const run = promisify(execFile);
const scripts = join(import.meta.dirname, 'outsider', 'python');

// Needs Python 3 and a package index: one of the slow proofs, E2E_PYTHON=on.
describe.runIf(settings().E2E_PYTHON === 'on')(
  "A sender with the MLLP client and parser of Python's hl7 package",
  () => {
    let story: Story;
    let python: string;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wardline-hl7-'));
      await run('python3', ['-m', 'venv', folder]);
      python = join(folder, 'bin', 'python');
      await run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(scripts, 'requirements.txt')]);
      story = await openStory();
      return async () => {
        await story.close();
        rmSync(folder, { recursive: true, force: true });
      };
    }, 600_000);

    it('understands what became of a good, a repeated, a bad and a strange message, and of batches; Odoo holds the rest', async () => {
      const { hospital, wardline, subscriber } = story;
      const [ward, product] = [await hospital.ward(), await hospital.product()];
      await hospital.stock(product, ward, 30);
      await story.known(product, ward);
      const name = randomUUID().slice(0, 8);
      const words = [String(wardline.addresses.hl7Port), name, product.code, ward.code];
      const { stdout } = await run(python, [join(scripts, 'cabinet.py'), ...words]);
      const taken = (of: string): unknown => ({ code: 'AA', of, errors: [] });
      const refused = (of: string, why: string): unknown => ({
        code: 'AE',
        of,
        errors: [expect.stringContaining(why)],
      });
      expect(JSON.parse(stdout)).toEqual({
        ...{ good: taken('1'), again: taken('1') },
        ...{ bad: refused('2', '"four"'), stranger: refused('3', 'PARTY / NORTH') },
        ...{ batch: [taken('4'), refused('2', '"four"')], 'batch answers': `${name}-night` },
        ...{ 'batch again': [taken('4'), refused('2', '"four"')], 'batch again answers': `${name}-night` },
        ...{ 'short batch': [refused('5', 'says 2 and there are 1')], 'short batch answers': `${name}-short` },
      });
      await eventually(
        () =>
          expect(
            subscriber.seen('StockMoved', { productCode: product.code, movementType: 'CONSUMPTION' }),
          ).toHaveLength(2),
        { timeoutMs: 30_000 },
      );
      await eventually(async () => expect(await hospital.onHand(product, ward)).toBe(20), { timeoutMs: 30_000 });
    }, 180_000);
  },
);

// Kills and restarts a service: one of the slow proofs, CHAOS_PROOFS=on.
describe.runIf(settings().CHAOS_PROOFS === 'on')('A sender whose receiver is killed again and again', () => {
  it('repeats what was not acknowledged, as every sender does, and each withdrawal is taken out once', async () => {
    const story = await openStory();
    const { hospital, wardline } = story;
    const [ward, product] = [await hospital.ward(), await hospital.product()];
    await hospital.stock(product, ward, 100);
    await story.known(product, ward);
    const name = randomUUID().slice(0, 8);
    const waiting = new Map(
      Array.from({ length: 60 }, (_, index): [string, string] => {
        const id = `${name}-${index}`;
        const header = `MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|${hl7Now()}||DFT^P03|${id}|P|2.5\r`;
        return [id, `${header}FT1|1|${id}||${hl7Now()}||CG|${product.code}^^L|||1||||||${ward.code}\r`];
      }),
    );
    const sending = (async () => {
      while (waiting.size > 0)
        for (const [id, message] of waiting) {
          const [answer = ''] = await sendOverMllp(wardline.addresses.hl7Port, [message]).catch(() => ['']);
          if (acknowledgedIn(answer)[0] === `MSA|AA|${id}`) waiting.delete(id);
          else await after(100);
        }
    })();
    for (const left of [45, 20]) {
      await eventually(() => expect(waiting.size).toBeLessThan(left), { timeoutMs: 60_000 });
      await wardline.part('consumption-ingest', 'kill');
      await wardline.part('consumption-ingest', 'restart');
    }
    await sending;
    await eventually(async () => expect(await hospital.onHand(product, ward)).toBe(40), { timeoutMs: 60_000 });
    await story.close();
  }, 300_000);
});
