import { describe, expect, it } from 'vitest';
import { check, repeatsIn } from './checker.ts';
import type { CommittedEvent, History, PublishedEvent } from './history.ts';

const key = 'r1/tight-0';

function committed(...ids: string[]): CommittedEvent[] {
  return ids.map((eventId, index) => ({ eventId, key, place: index + 1 }));
}

function published(...ids: string[]): PublishedEvent[] {
  return ids.map((eventId) => ({ eventId, key, causeId: null }));
}

function followUps(...causes: string[]): PublishedEvent[] {
  return causes.map((causeId) => ({ eventId: `after-${causeId}`, key, causeId }));
}

function effects(...ids: string[]): { eventId: string; key: string }[] {
  return ids.map((eventId) => ({ eventId, key }));
}

/** A history in which a and b went all the way, with what a test wants different. */
function history(different: Partial<History> = {}): History {
  return {
    committed: committed('a', 'b'),
    forgotten: new Set(),
    published: published('a', 'b'),
    effects: effects('a', 'b'),
    followUps: followUps('a', 'b'),
    tenures: [{ of: 'relay cursor', number: '1', writers: ['relay-1'] }],
    ...different,
  };
}

function kinds(different: Partial<History>): string[] {
  return check(history(different)).map(({ kind }) => kind);
}

describe('The checker', () => {
  it('has nothing to say of a history in which every promise was kept', () => {
    expect(check(history())).toEqual([]);
  });

  it('does not mind repeats in the topics, which the inboxes recognise, and counts them', () => {
    const repeated = published('a', 'b', 'a', 'b');
    expect(check(history({ published: repeated, followUps: followUps('a', 'b', 'a') }))).toEqual([]);
    expect(repeatsIn(repeated)).toBe(2);
  });

  it('reports a committed event that is in no topic as lost, though its effect is there', () => {
    expect(kinds({ published: published('b') })).toEqual(['lost']);
  });

  it('reports an event of a transaction that was rolled back', () => {
    expect(kinds({ published: published('a', 'phantom', 'b') })).toEqual(['phantom']);
  });

  it('reports events whose first occurrences are not in the order of commits', () => {
    expect(kinds({ published: published('b', 'a', 'b') })).toEqual(['out of order']);
  });

  it('keeps the keys apart: there is no order between them', () => {
    const other = { eventId: 'x', key: 'r1/tight-1', place: 1 };
    const ids = ['a', 'x', 'b'];
    const different = { published: published(...ids), effects: effects('x', 'a', 'b'), followUps: followUps(...ids) };
    expect(check(history({ committed: [...committed('a', 'b'), other], ...different }))).toEqual([]);
  });

  it('reports effects that are missing, doubled, of nothing, and out of order', () => {
    expect(kinds({ effects: effects('a') })).toEqual(['effect missing']);
    expect(kinds({ effects: effects('a', 'b', 'b') })).toEqual(['effect doubled']);
    expect(kinds({ effects: effects('a', 'phantom', 'b') })).toEqual(['effect of nothing']);
    expect(kinds({ effects: effects('b', 'a') })).toEqual(['effect out of order']);
  });

  it('reports an effect that is applied again later as doubled, not as out of order', () => {
    expect(kinds({ effects: effects('a', 'b', 'a') })).toEqual(['effect doubled']);
  });

  it('reports follow-ups that are missing, doubled under another identity, of nothing, and out of order', () => {
    expect(kinds({ followUps: followUps('a') })).toEqual(['follow-up missing']);
    const twin = { eventId: 'twin', key, causeId: 'b' };
    expect(kinds({ followUps: [...followUps('a', 'b'), twin] })).toEqual(['follow-up doubled']);
    expect(kinds({ followUps: followUps('a', 'b', 'phantom') })).toEqual(['follow-up of nothing']);
    expect(kinds({ followUps: followUps('b', 'a') })).toEqual(['follow-up out of order']);
  });

  it('lets what a restored backup has forgotten be anywhere', () => {
    const different = { published: published('a', 'gone', 'b'), effects: effects('gone', 'a', 'b') };
    const causes = followUps('a', 'gone', 'b');
    expect(check(history({ forgotten: new Set(['gone']), ...different, followUps: causes }))).toEqual([]);
  });

  it('reports a right that two processes have written by', () => {
    const tenures = [{ of: 'relay cursor', number: '7', writers: ['relay-1', 'relay-2'] }];
    expect(check(history({ tenures }))).toEqual([
      { kind: 'written by two', what: 'relay cursor, 7: relay-1, relay-2' },
    ]);
  });
});
