import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { pointedAt, wardlineCommand, type Ended, type Report } from './command-line.ts';
import { named, type Product, type Ward } from './hospital.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';
import { openStory, type Story } from './story.ts';

describe('Somebody at a shell', { timeout: 180_000 }, () => {
  let story: Story;
  let ward: Ward;
  let glove: Product;

  beforeAll(async () => {
    story = await openStory();
    [ward, glove] = [await story.hospital.ward(), await story.hospital.product()];
    await story.known(glove, ward);
    return () => story.close();
  }, 300_000);

  const shell = (args: readonly string[], input = ''): Promise<Ended> =>
    wardlineCommand({ ...pointedAt(story.wardline.addresses), WARDLINE_BY: 'm.okafor' }, args, input);

  async function json<T>(args: readonly string[]): Promise<{ code: number | null; answer: T; notes: string }> {
    const { code, data, notes } = await shell([...args, '--json']);
    return { code, answer: JSON.parse(data) as T, notes };
  }

  const used = (different: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...{
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
      source: 'cabinet-7',
      kind: 'USED',
      quantity: '1',
      unit: 'EA',
    },
    product: { scheme: 'INTERNAL', value: glove.code },
    location: { scheme: 'CODE', value: ward.code },
    ...different,
  });

  it('sees how every service is, as a table and as JSON', async () => {
    const { code, data } = await shell(['status']);
    expect(code).toBe(0);
    const lines = data.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^service +state +behind +for +outbox +parked by owner +unread topics$/);
    expect(lines).toHaveLength(7);
    const { answer } = await json<{ services: { service: string; state: string; lag: object }[] }>(['status']);
    expect(answer.services.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'ready'));
    expect(answer.services[0]?.lag).toMatchObject({ messages: expect.any(Number) });
  }, 120_000);

  it('sends a record, is told that it is accepted, and follows it to Odoo; who used it is shown to nobody', async () => {
    const sent = await shell(
      ['send', 'clinical.consumption', '-', '--wait', '--json'],
      JSON.stringify(used({ performerRef: 'nurse-7' })),
    );
    expect(sent.code, sent.notes).toBe(0);
    const { eventId, outcome } = JSON.parse(sent.data) as { eventId: string; outcome: string };
    expect(outcome).toBe('accepted');
    await eventually(
      async () => {
        const { code, answer } = await json<{
          correlationId: string;
          steps: { depth: number; record: { recordType: string } }[];
        }>(['trace', eventId]);
        expect(code).toBe(0);
        expect(answer.correlationId).toBe(eventId);
        const steps = answer.steps.map(({ depth, record }) => `${depth} ${record.recordType.replace(/.*\./, '')}`);
        expect(steps.sort()).toEqual([
          ...['0 ConsumptionRecorded', '1 ConsumptionAccepted', '1 ConsumptionAccepted'],
          ...['2 StockMoved', '3 PostingSucceeded'],
        ]);
      },
      { timeoutMs: 90_000, everyMs: 500 },
    );
    const tailed = await shell(['tail', 'clinical.consumption', '--key', `${ward.code}/${glove.code}`]);
    expect(tailed.data).toContain(eventId);
    expect(tailed.data).toContain('performerRef=***');
    const shown = await shell(['show', eventId]);
    expect(shown.data).toContain('performerRef');
    expect(tailed.data + shown.data).not.toContain('nurse-7');
  }, 180_000);

  it('is told every wrong field of a record, and nothing is sent', async () => {
    const wrong = used({ quantity: 'two', kind: 'EATEN', colour: 'red' });
    const { code, data, notes } = await shell(['send', 'clinical.consumption', '-'], JSON.stringify(wrong));
    expect([code, data]).toEqual([2, '']);
    for (const part of ['quantity: "two"', 'kind: "EATEN"', 'colour: is no field']) expect(notes).toContain(part);
    expect((await shell(['send', 'inventory.stock', '-'], '{}')).notes).toContain('inventory-sync alone');
    expect((await shell(['tail', 'inventory.stocks'])).code).toBe(2);
    expect((await shell(['show', randomUUID()])).code).toBe(1);
  }, 120_000);

  it('settles a group of 1,000: dry run, retry of exactly those seen while new ones arrive, and gives them up with a reason', async () => {
    const { upstream } = story;
    const unknown = Array.from({ length: 500 }, () => named('NONE'));
    const pairs = unknown.flatMap((code) => ['1', '2'].map((quantity) => consumption(code, ward.code, { quantity })));
    await upstream.send(...pairs);
    const mine = ['--service', 'consumption-ingest', '--code', 'UNKNOWN_PRODUCT'];
    type Groups = {
      services: { snapshot: string; groups: { parked: number; retrying: number; waitingBehind: number }[] }[];
    };
    const seen = await eventually(
      async () => {
        const [service] = (await json<Groups>(['parked', 'groups', ...mine])).answer.services;
        expect(service?.groups).toMatchObject([{ waitingBehind: 500 }]);
        expect(service!.groups[0]!.parked + service!.groups[0]!.retrying).toBe(500);
        return service!;
      },
      { timeoutMs: 120_000, everyMs: 500 },
    );

    const late = Array.from({ length: 5 }, () => consumption(named('NONE'), ward.code));
    await upstream.send(...late);
    for (const record of late) await story.receipt(record, 'held', 60_000);

    const decision = ['--service', 'consumption-ingest', '--snapshot', seen.snapshot];
    const tried = await json<{ operations: Report[] }>(['parked', 'retry', ...decision, '--dry-run']);
    expect(tried.code).toBe(1);
    const [rehearsal] = tried.answer.operations;
    expect(rehearsal?.operation).toMatchObject({ dryRun: true, state: 'finished', counts: { planned: 0, done: 0 } });
    expect(total(rehearsal!)).toBe(500);

    const retried = await json<{ operations: Report[] }>(['parked', 'retry', ...decision, '--yes']);
    expect(retried.code).toBe(1);
    const [retry] = retried.answer.operations;
    expect(retry?.operation).toMatchObject({ dryRun: false, state: 'finished', counts: { planned: 0, done: 0 } });
    expect(total(retry!)).toBe(500);
    const reasons = new Set(retry!.items.map(({ reason }) => reason?.code));
    expect([...reasons].filter((code) => !['UNKNOWN_PRODUCT', 'CHANGED_SINCE'].includes(code ?? ''))).toEqual([]);

    await eventually(
      async () => {
        const given = await shell(['parked', 'abandon', ...mine, '--yes', '--reason', 'a story of tests', '--json']);
        expect(JSON.parse(given.data)).toEqual({ operations: [] });
      },
      { timeoutMs: 180_000, everyMs: 200 },
    );
    const end = await story.receipt(pairs.at(-1)!, 'refused');
    expect(end.message).toContain('m.okafor');
    expect(end.message).toContain('a story of tests');
  }, 600_000);

  it('corrects one, approved by a second person, and sees where it came from; those behind it go on in order', async () => {
    const mistyped = named('TYPO');
    const [wrong, behind] = [consumption(mistyped, ward.code), consumption(mistyped, ward.code)] as [
      Consumption,
      Consumption,
    ];
    await story.upstream.send(wrong, behind);
    await story.receipt(behind, 'held');
    const listed = await shell(['parked', 'list', '--key', `${ward.code}/${mistyped}`, '--json']);
    const [first] = listed.data
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { exceptionId: string; eventId: string });
    expect(first?.eventId).toBe(wrong.eventId);
    const id = first?.exceptionId ?? '';

    const refused = await shell(['parked', 'edit', id, '--set', 'quantity=plenty', '--reason', 'typing error']);
    expect(refused.code).toBe(1);
    expect(refused.notes).toContain('quantity');

    const change = ['parked', 'edit', id, '--set', `product.value=${glove.code}`, '--reason', 'typing error'];
    const rehearsed = await shell([...change, '--dry-run']);
    expect([rehearsed.code, rehearsed.data]).toEqual([
      0,
      expect.stringContaining('would publish 1 ConsumptionAccepted'),
    ]);
    const edited = await json<{ operations: Report[] }>(change);
    expect([edited.code, edited.answer.operations[0]?.operation.state]).toEqual([1, 'awaiting-approval']);
    expect(edited.notes).toContain('another person has to approve it');
    const approve = ['operations', 'approve', edited.answer.operations[0]?.operation.operationId ?? ''];
    expect((await shell(approve)).code).toBe(1);
    const approved = await shell([...approve, '--by', 'a.meyer']);
    expect([approved.code, approved.data]).toEqual([0, expect.stringContaining('(1 done, 0 failed, 0 skipped)')]);
    expect(await story.receipt(wrong, 'accepted')).toMatchObject({ outcome: 'accepted' });

    const shown = await json<{ state: string; lineage: { supersededBy: string } }>(['parked', 'show', id]);
    expect(shown.answer.state).toBe('superseded');
    const corrected = await json<{ state: string; lineage: object }>([
      'parked',
      'show',
      shown.answer.lineage.supersededBy,
    ]);
    expect(corrected.answer).toMatchObject({
      state: 'done',
      lineage: { supersedes: id, editedBy: 'm.okafor', approvedBy: 'a.meyer' },
    });

    await eventually(
      async () =>
        expect((await shell(['parked', 'list', '--key', `${ward.code}/${mistyped}`])).data).toContain(
          'UNKNOWN_PRODUCT',
        ),
      { timeoutMs: 60_000 },
    );
    const rest = await shell([
      'parked',
      'abandon',
      '--key',
      `${ward.code}/${mistyped}`,
      '--reason',
      'mistyped',
      '--yes',
    ]);
    expect([rest.code, rest.data]).toEqual([0, expect.stringContaining('(1 done')]);
    const decided = await shell(['operations', 'list', '--service', 'consumption-ingest']);
    expect(decided.data).toMatch(/m\.okafor +abandon: 1 of 1/);
    expect(decided.data).toMatch(/m\.okafor, approved by a\.meyer +edit: 1 of 1/);
  }, 240_000);

  it('has what a service once took looked at again, and nothing of it counts twice', async () => {
    const replay = ['replay', 'inventory.consumption', '--from', 'beginning', '--to-consumer', 'inventory-sync'];
    const dry = await json<{ read: number; known: number; dryRun: boolean }>([...replay, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, answer: { dryRun: true, handled: 0, waiting: 0, failed: {}, events: {} } });
    expect(dry.answer.known).toBeGreaterThan(0);
    expect(dry.answer.known).toBe(dry.answer.read);
    expect(await shell(replay)).toMatchObject({ code: 2, notes: expect.stringContaining('--reason is missing') });
    const elsewhere = await shell(['replay', 'inventory.stock', ...replay.slice(2), '--dry-run']);
    expect([elsewhere.code, elsewhere.notes]).toEqual([
      1,
      expect.stringContaining('inventory-sync handles nothing of inventory.stock'),
    ]);
  });

  it('finds completion for its shell, help for each command, and is told what does not exist', async () => {
    const help = await shell(['parked', 'retry', '--help']);
    expect([help.code, help.data]).toEqual([0, expect.stringContaining('--dry-run')]);
    expect((await shell(['--help'])).data).toContain('autocomplete');
    expect((await shell(['parked', 'retyr'])).code).toBe(2);
    expect((await shell(['parked', 'retry'])).notes).toContain('say which messages');
    expect((await shell(['parked', 'retry', '--all', '--service', 'lab'])).notes).toContain('there is no service lab');
  }, 120_000);
});

function total({ operation: { counts } }: Report): number {
  return counts.planned + counts.done + counts.failed + counts.skipped;
}
