import { recordTypes, topicContract, type TopicContract } from '@wardline/event-contracts';
import { schemaFingerprint, topicSettings, type TopicRights } from '@wardline/kafka';
import { describe, expect, it } from 'vitest';
import { judgeClock } from './clock.js';
import type { Finding } from './finding.js';
import { judgeGroup } from './group-check.js';
import { judgeTopic } from './kafka-checks.js';
import { judgeNode } from './node-check.js';
import { judgeSubject } from './registry-checks.js';
import { judgeRights } from './rights-check.js';
import { judgeOdoo, judgeSchemas, judgeVersion } from './service-checks.js';

const product = topicContract('masterdata.product') as TopicContract;
const consumption = topicContract('clinical.consumption') as TopicContract;
const compacted = new Map(Object.entries(topicSettings(product)));
const healthy = { name: product.name, partitions: 1, leaderless: [], underReplicated: [], settings: compacted };
const schemas = Object.fromEntries([...recordTypes].map(([name, type]) => [name, schemaFingerprint(type)]));

/** Every complaint says what it found, whose job it is and what to do. */
function complaint(finding: Finding): string {
  expect(finding).toMatchObject({ ok: false, owner: expect.any(String), remedy: expect.any(String) });
  return finding.found;
}

describe('what the doctor makes of', () => {
  it('a topic', () => {
    expect(judgeTopic(product, healthy).ok).toBe(true);
    expect(complaint(judgeTopic(product, undefined))).toContain('does not exist');
    expect(complaint(judgeTopic(product, { ...healthy, partitions: 4 }))).toContain(
      'has 4 partitions and the catalogue says 1',
    );
    const deleting = new Map([...compacted, ['cleanup.policy', 'delete'] as const]);
    expect(complaint(judgeTopic(product, { ...healthy, settings: deleting }))).toContain('cleanup.policy=delete');
    const expiring = new Map([...compacted, ['retention.ms', '3600000'] as const]);
    expect(complaint(judgeTopic(product, { ...healthy, settings: expiring }))).toContain('retention.ms=3600000');
    expect(complaint(judgeTopic(product, { ...healthy, leaderless: [0] }))).toContain('no leader');
    expect(complaint(judgeTopic(product, { ...healthy, underReplicated: [0] }))).toContain('behind');
    expect(complaint(judgeTopic(product, { ...healthy, settings: null }))).toContain('may not be read');
  });

  it('rights, for this command and for a service', () => {
    const all: TopicRights = { describe: true, read: true, write: true };
    const rights = (one: Partial<TopicRights>) =>
      new Map([
        [consumption.name, { ...all, ...one }],
        [product.name, all],
      ]);
    const topics = [consumption, product];
    expect(judgeRights('ops', topics, rights({}), undefined).ok).toBe(true);
    expect(complaint(judgeRights('ops', topics, rights({ read: false, write: false }), undefined))).toBe(
      'may not read and write clinical.consumption',
    );
    expect(judgeRights('reader', topics, rights({ write: false }), 'reconciliation').ok).toBe(true);
    expect(complaint(judgeRights('ehr', topics, rights({ write: false }), 'upstream'))).toContain('write');
  });

  it('a consumer group', () => {
    const lag = { topic: 't', partition: 0, committed: 4n, end: 10n, messages: 6 };
    const stable = { groupId: 'g', state: 'Stable', members: 2 };
    expect(judgeGroup('g', stable, [lag]).found).toBe('2 members, 6 messages behind');
    expect(complaint(judgeGroup('g', { ...stable, state: 'Empty', members: 0 }, [lag]))).toContain('6 messages wait');
    expect(complaint(judgeGroup('g', undefined, []))).toContain('no members');
    expect(complaint(judgeGroup('g', { ...stable, state: 'PreparingRebalance' }, []))).toContain('PreparingRebalance');
  });

  it('a schema', () => {
    const registered = { subject: 's', state: 'registered', compatible: null, rule: 'FULL_TRANSITIVE' } as const;
    expect(judgeSubject(registered).ok).toBe(true);
    expect(complaint(judgeSubject({ ...registered, rule: 'NONE' }))).toContain('NONE');
    expect(complaint(judgeSubject({ ...registered, state: 'missing' }))).toBe('is not registered');
    expect(complaint(judgeSubject({ ...registered, state: 'other', compatible: true }))).toContain('other versions');
    expect(complaint(judgeSubject({ ...registered, state: 'other', compatible: false }))).toContain('incompatible');
  });

  it('a service of another release', () => {
    expect(judgeVersion('s', { version: '0.1.0' }, '0.1.0').ok).toBe(true);
    expect(complaint(judgeVersion('s', { version: '0.0.9' }, '0.1.0'))).toBe('is 0.0.9, and this command is 0.1.0');
    expect(judgeSchemas('s', { schemas }).ok).toBe(true);
    const other = { ...schemas, 'org.wardline.inventory.StockMoved': 'x', 'org.wardline.care.BedAssigned': 'y' };
    expect(complaint(judgeSchemas('s', { schemas: other }))).toContain('StockMoved, BedAssigned');
  });

  it('Odoo', () => {
    const odoo = { url: 'http://odoo', masterData: 'polling', circuit: 'closed' };
    expect(judgeOdoo('odoo-adapter', odoo).ok).toBe(true);
    expect(complaint(judgeOdoo('odoo-adapter', { ...odoo, circuit: 'open' }))).toContain('circuit is open');
    expect(complaint(judgeOdoo('odoo-adapter', { ...odoo, masterData: 'waiting: no right' }))).toContain('no right');
  });

  it('Node.js', () => {
    expect(judgeNode('v24.21.0').ok).toBe(true);
    expect(complaint(judgeNode('v20.1.0'))).toContain('v20.1.0');
  });
});

describe('a clock', () => {
  const askedAt = Date.parse('2026-11-21T12:00:00.000Z');
  const reading = (offMs: number, tookMs: number, granularityMs = 0) =>
    judgeClock('clock', {
      said: new Date(askedAt + tookMs / 2 + offMs),
      askedAt,
      answeredAt: askedAt + tookMs,
      granularityMs,
    });

  it.each([
    [0, 10],
    [1_900, 10],
    [-1_900, 10],
    [4_000, 5_000],
  ])('that seems %d ms off after an answer of %d ms may be right', (off, took) => {
    expect(reading(off, took).ok).toBe(true);
  });

  it('is wrong when the way of the question cannot explain it', () => {
    expect(complaint(reading(90_000, 10))).toContain('1 min 30 s ahead of');
    expect(complaint(reading(-3_600_000, 10))).toContain('behind');
    expect(reading(-2_900, 10, 1_000).ok).toBe(true);
    expect(reading(-3_100, 10, 1_000).ok).toBe(false);
  });
});
