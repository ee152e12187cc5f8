import avsc from 'avsc';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConsumptionAccepted, Decimal, Topic } from '@wardline/event-contracts';
import { silentLog, testRegistry } from '@wardline/testing';
import { AvroCodec } from './avro-codec.js';
import { accepted, acceptedData } from '../../test/accepted-consumption.js';
import { registerSchemas } from '../topics.js';

const log = silentLog;
const patience = { retryPauses: [50, 50], negativeMs: 200 };
const topic = Topic.InventoryConsumption;
let registryUrl: string;
let codec: AvroCodec;

beforeAll(async () => {
  registryUrl = (await testRegistry()).url;
  codec = await AvroCodec.open({ registryUrl, register: true, log, patience });
});

type Json = { name?: string; fields: { name: string; type: unknown; default?: unknown }[] };

function changed(change: (schema: Json) => void): string {
  const schema = JSON.parse(ConsumptionAccepted.schema) as Json;
  change(schema);
  return JSON.stringify(schema);
}

async function registerElsewhere(schema: string): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/test-${randomUUID()}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema }),
  });
  return ((await response.json()) as { id: number }).id;
}

function reframed(id: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, body]);
}

const body = (): Buffer => codec.encode(accepted()).subarray(5);

describe('events in the wire format', () => {
  it('come back as they were: exact decimals, large integers, days and texts', () => {
    expect(codec.decode(topic, codec.encode(accepted()))).toEqual({
      ok: true,
      typeName: 'org.wardline.clinical.ConsumptionAccepted',
      data: acceptedData,
    });
  });

  it('can be read by a stock Avro reader that knows only the schema id', async () => {
    const value = codec.encode(accepted({ sequence: 7n }));
    expect(value[0]).toBe(0);
    const found = await fetch(`${registryUrl}/schemas/ids/${value.readInt32BE(1)}`);
    const { schema } = (await found.json()) as { schema: string };
    const read = avsc.Type.forSchema(JSON.parse(schema) as avsc.Schema).fromBuffer(value.subarray(5)) as Record<
      string,
      unknown
    >;
    expect(read).toMatchObject({ productCode: 'GLOVE-M', sequence: 7, occurredAt: 1_795_248_930_000, kind: 'USED' });
  });

  it('find the same ids when nothing may be registered any more', async () => {
    const ids = await registerSchemas({ registryUrl });
    const other = await AvroCodec.open({ registryUrl, register: false, log, patience });
    expect(other.encode(accepted())).toEqual(codec.encode(accepted()));
    expect(codec.encode(accepted()).readInt32BE(1)).toBe(ids.get(`${topic}-${ConsumptionAccepted.fullName}`));
  });

  it('are FULL_TRANSITIVE in the registry', async () => {
    const response = await fetch(`${registryUrl}/config/${topic}-${ConsumptionAccepted.fullName}`);
    expect(await response.json()).toMatchObject({ compatibilityLevel: 'FULL_TRANSITIVE' });
  });

  it.each([
    [{ quantity: new Decimal('1.0000001') }, 'quantity: 1.0000001 has more than 6 fraction digits'],
    [{ quantity: undefined }, 'quantity: is missing'],
    [{ kind: 'EATEN' }, 'kind: "EATEN" is none of UNKNOWN, USED'],
    [{ eventId: 'x' }, 'eventId: "x" is not a UUID'],
    [{ sequence: 5 }, 'sequence: 5 is not a 64-bit bigint'],
    [{ expiryDate: '2027-02-30' }, 'expiryDate: "2027-02-30" is not a day'],
    [{ warnings: ['a', 7] }, 'warnings[1]: 7 is not a text'],
    [{ productCode: 'a\ud800' }, 'productCode'],
  ])('are refused when they do not fit: %o', (changes, reason) => {
    expect(() => codec.encode(accepted(changes))).toThrow(reason);
  });

  it('are refused on a topic that does not carry them', () => {
    expect(() => codec.encode({ ...accepted(), topic: Topic.InventoryStock })).toThrow(
      'does not belong to the topic inventory.stock',
    );
  });

  it('take absent optional fields as their default', () => {
    const value = codec.encode(accepted({ lotNumber: undefined, warnings: undefined }));
    expect(codec.decode(topic, value)).toMatchObject({ data: { lotNumber: null, warnings: [] } });
  });
});

describe('other versions of a record', () => {
  it('are read when the writer has a field more, lacks an optional one or knows another symbol', async () => {
    const schema = changed((record) => {
      record.fields = record.fields.filter((field) => field.name !== 'warnings');
      record.fields.push({ name: 'added', type: ['null', 'string'], default: null });
      const kind = record.fields.find((field) => field.name === 'kind')!.type as { symbols: string[] };
      kind.symbols = ['UNKNOWN', 'DONATED'];
    });
    const id = await registerElsewhere(schema);
    const writer = avsc.Type.forSchema(JSON.parse(schema) as avsc.Schema);
    const bytes = { quantity: Buffer.from('1e8480', 'hex'), recordedQuantity: Buffer.from('01', 'hex') };
    const times = { occurredAt: 1, recordedAt: 2, expiryDate: 0, sequence: 3 };
    const written = writer.toBuffer({ ...acceptedData, ...bytes, ...times, kind: 'DONATED', added: 'new' });
    expect(await codec.decode(topic, reframed(id, written))).toMatchObject({
      ok: true,
      data: { kind: 'UNKNOWN', warnings: [], sequence: 3n, quantity: new Decimal(2), expiryDate: '1970-01-01' },
    });
  });

  it('are not read a thousandfold wrong when a decimal has another scale', async () => {
    const schema = changed((record) => {
      const quantity = record.fields.find((field) => field.name === 'quantity')!;
      quantity.type = { ...(quantity.type as object), scale: 3 };
    });
    const result = await codec.decode(topic, reframed(await registerElsewhere(schema), body()));
    expect(result).toMatchObject({ ok: false, code: 'UNDECODABLE' });
    expect(result).toMatchObject({
      message: expect.stringContaining('quantity was written as decimal with 3') as string,
    });
  });
});

describe('messages that cannot be read', () => {
  it.each([null, Buffer.alloc(0)])('have no value', (value) => {
    expect(codec.decode(topic, value)).toMatchObject({ ok: false, code: 'EMPTY_VALUE' });
  });

  it.each([Buffer.from('{"product":"GLOVE-M"}'), Buffer.from([0, 0, 0])])('are not framed', (value) => {
    expect(codec.decode(topic, value)).toMatchObject({ ok: false, code: 'UNDECODABLE' });
  });

  it('end too early, at whatever byte', () => {
    const value = codec.encode(accepted());
    for (let length = 5; length < value.length; length++) {
      expect(codec.decode(topic, value.subarray(0, length))).toMatchObject({ ok: false, code: 'UNDECODABLE' });
    }
  });

  it('have bytes too many', () => {
    const value = Buffer.concat([codec.encode(accepted()), Buffer.from([0])]);
    expect(codec.decode(topic, value)).toMatchObject({
      ok: false,
      message: expect.stringContaining('1 bytes too many') as string,
    });
  });

  it('are answered, never thrown, and quickly, whatever byte of them is wrong', () => {
    const value = codec.encode(accepted());
    for (let at = 5; at < value.length; at++) {
      for (const wrong of [0x00, 0x7f, 0x80, 0xff]) {
        const broken = Buffer.from(value);
        broken[at] = wrong;
        expect(codec.decode(topic, broken)).toHaveProperty('ok');
      }
    }
  });

  it('have a schema that the registry does not know, now and for a while', async () => {
    const value = reframed(987_654, body());
    expect(await codec.decode(topic, value)).toMatchObject({ ok: false, code: 'UNKNOWN_SCHEMA' });
    expect(codec.decode(topic, value)).toMatchObject({ ok: false, code: 'UNKNOWN_SCHEMA' });
  });

  it('are read once their late schema is registered', async () => {
    const pending = codec.decode(
      topic,
      reframed(await registerElsewhere(changed((s) => (s.name = 'ConsumptionAccepted'))), body()),
    );
    expect(await pending).toMatchObject({ ok: true });
  });

  it('are of a record that does not belong to the topic', async () => {
    const value = codec.encode(accepted());
    expect(codec.decode(Topic.ClinicalConsumption, value)).toMatchObject({ ok: false, code: 'UNKNOWN_TYPE' });
    const alien = await registerElsewhere('{"type":"record","name":"Alien","namespace":"com.other","fields":[]}');
    expect(await codec.decode(topic, reframed(alien, body()))).toMatchObject({ ok: false, code: 'UNKNOWN_TYPE' });
    const text = await registerElsewhere('"string"');
    expect(await codec.decode(topic, reframed(text, body()))).toMatchObject({ ok: false, code: 'UNKNOWN_TYPE' });
  });
});

describe('a registry that is away', () => {
  it('is said clearly at the start', async () => {
    const opening = AvroCodec.open({ registryUrl: 'http://127.0.0.1:9', register: false, log, startWithinMs: 300 });
    await expect(opening).rejects.toThrow('the schema registry at http://127.0.0.1:9 does not answer');
  });

  it('names the subjects that are missing', async () => {
    const topics = [{ name: 'x.y', records: [ConsumptionAccepted] }] as never;
    const opening = AvroCodec.open({ registryUrl, register: false, log, topics, startWithinMs: 100 });
    await expect(opening).rejects.toThrow('x.y-org.wardline.clinical.ConsumptionAccepted');
  });
});
