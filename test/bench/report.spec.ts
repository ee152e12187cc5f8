import { describe, expect, it } from 'vitest';
import { withResults, type Answer } from './report.ts';

function answerOf(name: string, note: string): Answer {
  const measured = { tables: [], notes: [note], objections: [], figures: {} };
  return { scenario: { name, question: 'How fast?' }, at: new Date(0), load: '0 0 0', measured };
}

const page =
  'Before.\n\n<!-- results: begin -->\n\n### drain\n\nold\n\n### avro\n\nkept\n\n<!-- results: end -->\n\nAfter.\n';

describe('results in README.md', () => {
  it('replaces the result of the scenario that ran, at its place, and leaves everything else', () => {
    const written = withResults(page, [answerOf('drain', 'new')]);
    expect(written).toMatch(/^Before\..*### drain.*new.*### avro\n\nkept\n\n<!-- results: end -->\n\nAfter\.\n$/s);
    expect(written).not.toContain('old');
  });

  it('adds a scenario that has no result yet', () => {
    expect(withResults(page, [answerOf('soak', 'first')])).toMatch(/kept.*### soak.*first.*results: end/s);
  });
});
