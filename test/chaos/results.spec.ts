import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withResults } from './report.ts';
import { Results, withLateFinding, withTrial } from './results.ts';
import type { TrialEnd } from './trial.ts';

const end = (of: Partial<TrialEnd>): TrialEnd => ({
  ...{ row: 'broker killed', seed: 1, missed: false, violations: [], events: 100, repeats: 3, seconds: 5 },
  ...of,
});
const day1 = { trial: 0, day: '2026-11-21', commit: 'aaaaaaa' };
const day2 = { trial: 1, day: '2026-11-22', commit: 'bbbbbbb' };

describe('What the trials of a row have come to', () => {
  it('grows from run to run and names every commit that was played', () => {
    const first = withTrial(undefined, [end({ repeats: 7 })], day1);
    expect(withTrial(first, [end({ violations: [{ kind: 'lost', what: 'event 4' }] as never })], day2)).toEqual({
      ...{ trials: 2, played: '0-1', missed: 0, events: 200, mostRepeats: 7, violations: 1, seconds: 10 },
      ...{ days: ['2026-11-21', '2026-11-22'], commits: ['aaaaaaa', 'bbbbbbb'] },
      broken: [{ seed: 1, commit: 'bbbbbbb', kinds: ['lost'] }],
    });
  });

  it('does not count a trial whose fault had nothing to strike', () => {
    const kept = withTrial(undefined, [end({ missed: true, events: 50 }), end({})], day1);
    expect(kept).toMatchObject({ trials: 1, missed: 1, events: 150 });
  });

  it('names the trials that are played, whichever ended first and whatever was broken off in between', () => {
    const third = withTrial(undefined, [end({})], { ...day1, trial: 2 });
    const both = withTrial(third, [end({})], { ...day1, trial: 0 });
    expect(both).toMatchObject({ trials: 2, played: '0, 2' });
    expect(withTrial(both, [end({})], day2)).toMatchObject({ trials: 3, played: '0-2' });
  });

  it('lacks a trial that never had anything to strike', () => {
    const kept = withTrial(undefined, [end({ missed: true }), end({ missed: true })], day1);
    expect(kept).toMatchObject({ trials: 0, played: '', missed: 2 });
  });

  it('tells of what came to light only after the trials were judged', () => {
    const found = { seed: 1, violations: [{ kind: 'effect doubled' as const, what: 'event 4' }] };
    const kept = withLateFinding(undefined, found, day1);
    expect(kept).toMatchObject({
      trials: 0,
      missed: 0,
      violations: 1,
      broken: [{ seed: 1, kinds: ['effect doubled'] }],
    });
    const readme = withResults('# Chaos', [], { 'all rounds together': kept }, 'a machine');
    expect(readme).toContain('- all rounds together, seed 1, of aaaaaaa: effect doubled');
  });

  it('is there for the next run, beside the rows that another run keeps', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'wardline-results-')), 'results.json');
    const [ours, theirs] = [new Results(file), new Results(file)];
    ours.keep('broker killed', (kept) => withTrial(kept, [end({})], day1));
    theirs.keep('broker paused', (kept) => withTrial(kept, [end({})], day1));
    ours.keep('broker killed', (kept) => withTrial(kept, [end({})], day2));
    const next = new Results(file);
    expect(['broker killed', 'broker paused', 'broker away'].map((row) => [...next.played(row)])).toEqual([
      [0, 1],
      [0],
      [],
    ]);
  });

  it('says in the table which rows have not had all their trials', () => {
    const faults = ['broker killed', 'broker paused', 'broker away'].map((name) => ({
      ...{ name, injection: 'a signal', invariant: '' },
      trials: { standard: 2, full: 9 },
    }));
    const once = withTrial(undefined, [end({})], day1);
    const kept = { 'broker killed': withTrial(once, [end({})], day2), 'broker paused': once };
    const readme = withResults('# Chaos\n\n## Results\n\nold', faults, kept, 'a machine');
    expect(readme.split('\n').filter((line) => line.startsWith('| broker'))).toEqual([
      '| broker killed | a signal |  | 2 | 200 | 3 | 0 |',
      '| broker paused | a signal |  | 1 of 2 | 100 | 3 | 0 |',
      '| broker away | a signal |  | 0 of 2 | 0 |  |  |',
    ]);
    expect(readme).toContain('From 2026-11-21 to 2026-11-22, of aaaaaaa, bbbbbbb, on a machine: 3 trials');
    expect(readme).not.toContain('old');
  });

  it('names every trial that broke a promise', () => {
    const kept = withTrial(undefined, [end({ seed: 7, violations: [{ kind: 'late', what: 'after 70 s' }] })], day1);
    const readme = withResults('# Chaos\n\n## Results\n\nold', [], { 'broker killed': kept }, 'a machine');
    expect(readme.split('\n')).toContain('- broker killed, seed 7, of aaaaaaa: late');
  });
});
