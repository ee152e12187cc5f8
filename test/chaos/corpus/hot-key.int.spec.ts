import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, testKafka, testRegistry } from '@wardline/testing';
import { RawProducer } from '../../e2e/outsider/raw-producer.ts';
import type { BadInput, RawMessage } from './bad-input.ts';
import { corpus } from './corpus.ts';
import { recordBytes, schemaTexts, type SchemaIds } from './good-record.ts';
import { ShelfService, type Parked } from './shelf-service.ts';

/** One entry on the broker, with a good record of its key and one of another key behind it. */
interface Sent {
  readonly entry: BadInput;
  readonly offset: bigint;
  readonly hasKey: boolean;
  /** Event ids of the two good ones. */
  readonly behind: string;
  readonly other: string;
}

describe('Bad input at the head of a hot key, through Kafka and Postgres', () => {
  const topic = `corpus.${randomUUID()}`;
  let service: ShelfService;
  let producer: RawProducer;
  const sent: Sent[] = [];

  beforeAll(async () => {
    const servers = { brokers: (await testKafka()).url, registryUrl: (await testRegistry()).url };
    service = await ShelfService.start(topic, servers);
    producer = new RawProducer(servers.brokers);
    const ids = await registered(servers.registryUrl);
    for (const entry of corpus.filter(({ message }) => isSendable(message(ids)))) sent.push(await send(entry, ids));
  }, 240_000);
  afterAll(async () => {
    await producer.close();

    await service.stop();
  });

  async function send(entry: BadInput, ids: SchemaIds): Promise<Sent> {
    const message = entry.message(ids);
    const hot = message.key === undefined ? Buffer.from(`hot ${entry.name}`) : message.key;
    const [behind, other] = [randomUUID(), randomUUID()];
    const good = (eventId: string, key: Buffer | null) => ({
      topic,
      key,
      value: recordBytes(ids, 'recorded', { eventId }),
    });
    const followers = [good(behind, hot), good(other, Buffer.from(`other ${entry.name}`))];
    const offset = await producer.send({ ...message, topic, key: hot });
    await producer.send(...followers);
    return { entry, offset, hasKey: hot !== null, behind, other };
  }

  const parkedAt = (parked: readonly Parked[], { offset }: Sent): Parked | undefined =>
    parked.find(({ record_offset: at }) => BigInt(at) === offset);

  it('does not stop the partition: every good record of another key, and of a key that is not held, is kept', async () => {
    await eventually(
      async () => {
        const kept = new Set((await service.kept()).map(({ event_id: id }) => id));
        const missing = sent.filter((one) => !kept.has(one.other) || (!holds(one) && !kept.has(one.behind)));
        expect(missing.map(({ entry }) => entry.name)).toEqual([]);
      },
      { timeoutMs: 60_000, everyMs: 500 },
    ).catch((error: unknown) => {
      throw new Error(service.trouble.slice(-5).join('\n'), { cause: error });
    });
  }, 90_000);

  it('is parked with its code, and with its key only where it could be read', async () => {
    const parked = await service.parked();
    const came = sent.map((one) => ({ name: one.entry.name, ...pick(parkedAt(parked, one)) }));
    expect(came).toEqual(sent.map((one) => ({ name: one.entry.name, ...wanted(one) })));
  });

  it('causes no trouble to consumer and relay, and every exception is told', async () => {
    await eventually(async () => expect(await service.unpublished()).toBe(0), { timeoutMs: 20_000 });
    expect(service.trouble).toEqual([]);
    expect(service.transport.health()).toEqual({ live: true, ready: true });
  });

  it('lets its key go on in order once a person has given it up', async () => {
    const parked = await service.parked();
    for (const one of sent.filter(holds)) await service.abandon(parkedAt(parked, one)!);
    await eventually(
      async () => {
        const kept = (await service.kept()).map(({ event_id: id }) => id);
        expect(sent.filter(({ behind }) => !kept.includes(behind)).map(({ entry }) => entry.name)).toEqual([]);
        expect(new Set(kept).size).toBe(kept.length);
      },
      { timeoutMs: 30_000 },
    );
  }, 60_000);
});

function holds({ entry, hasKey }: Sent): boolean {
  return hasKey && typeof entry.becomes === 'object' && 'held' in entry.becomes;
}

function pick(parked: Parked | undefined): object {
  return parked === undefined ? {} : { code: parked.code, holdsKey: parked.holds_key };
}

function wanted({ entry: { becomes }, hasKey }: Sent): object {
  if (typeof becomes !== 'object') return {};
  return 'held' in becomes ? { code: becomes.held, holdsKey: hasKey } : { code: becomes.unreadable, holdsKey: false };
}

/** A registry takes no schema that is none, and such an id cannot come from it. */
function isSendable({ value }: RawMessage): boolean {
  return value === null || value.length < 5 || value.readInt32BE(1) !== notRegistered;
}

const notRegistered = 424_242_424;

/** Registers every schema under a subject of its own, as its writer would have. */
async function registered(registryUrl: string): Promise<SchemaIds> {
  const ids: Record<string, number> = { unknown: 987_654 };
  for (const [name, schema] of Object.entries(schemaTexts)) {
    const response = await fetch(`${registryUrl}/subjects/corpus-${randomUUID()}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ schema }),
    });
    const { id = notRegistered } = (await response.json()) as { id?: number };
    ids[name] = id;
  }
  return ids;
}
