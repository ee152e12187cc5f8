import avsc from 'avsc';
import { Decimal, StockMoved, Topic } from '@wardline/event-contracts';
import type { BusinessEvent, EventCodec } from '@wardline/event-handling';
import { comparison, type LaneRound } from '../comparison.ts';
import { eventId } from '../contenders/contender.ts';
import { benchCodec, movementOf } from '../contenders/movements.ts';
import { inTurn } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';

const names = {
  encode: 'Wardline: encode with framing',
  bareEncode: 'bare avsc: encode and frame what is already in wire form',
  decode: 'Wardline: decode with framing',
  bareDecode: 'bare avsc: decode to wire form',
} as const;

/** Different records, so that no lane is measured by what a single one leaves in the processor's caches. */
const records = 1_000;

/** The codec beside bare avsc. */
export const avro: Scenario = {
  name: 'avro',
  question: 'What do framing, schema lookup and our types cost beside bare avsc?',
  measure,
};

async function measure({ options, progress }: Surroundings): Promise<Measured> {
  const codec = await benchCodec();
  const events = Array.from({ length: records }, (_, index) => wholeEvent(index + 1));
  const framed = events.map((event) => codec.encode(event));
  const type = avsc.Type.forSchema(JSON.parse(StockMoved.schema) as avsc.Schema, { wrapUnions: false });
  const wire = framed.map((bytes): unknown => type.fromBuffer(bytes.subarray(5)));
  if (!wire.every((values, index) => type.toBuffer(values).equals(framed[index]!.subarray(5))))
    throw new Error('bare avsc writes other bytes than our codec');
  const lanes = Object.entries({
    [names.encode]: (index: number) => codec.encode(events[index]!),
    [names.bareEncode]: (index: number) => frame(type.toBuffer(wire[index])),
    [names.decode]: (index: number) => decoded(codec, framed[index]!),
    [names.bareDecode]: (index: number) => type.fromBuffer(framed[index]!.subarray(5)) as object,
  }).map(([name, work]) => ({ name, work }));
  const rounds = options.rounds ?? (options.quick ? 2 : 15);
  const milliseconds = options.quick ? 100 : 1_000;
  const done: LaneRound[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, work } of inTurn(lanes, round)) {
      progress(`round ${round} of ${rounds}: ${name}`);
      const value = timesASecond(work, milliseconds);
      if (round > 0) done.push({ lane: name, round, value, objections: [] });
    }
  const of = (...wanted: string[]): LaneRound[] => done.filter(({ lane }) => wanted.includes(lane));
  return {
    tables: [
      comparison(of(names.encode, names.bareEncode), { title: 'Encoded a second', ours: names.encode, digits: 0 }),
      comparison(of(names.decode, names.bareDecode), { title: 'Decoded a second', ours: names.decode, digits: 0 }),
    ],
    notes: [
      `${records} StockMoved of ${Math.round(framed.reduce((sum, { length }) => sum + length, 0) / records)} bytes with ids, times and keys of their own, ${rounds} rounds of ${milliseconds} ms a lane after one of warm-up, in another order each round. Target: 0.9 of bare avsc.`,
      'Ours turns Date, Decimal, BigInt and local dates into wire form and back, checks ranges and refuses what the contract does not have; bare avsc is given, and gives, the wire form.',
    ],
    objections: [],
    figures: { records, rounds: done },
  };
}

function wholeEvent(ordinal: number): BusinessEvent {
  const event = movementOf({ ordinal, keys: 100 }, Topic.InventoryStock);
  const id = eventId(ordinal + records);
  const lot = {
    lotNumber: `L${ordinal % 50}`,
    expiryDate: `2027-03-${10 + (ordinal % 20)}`,
    quantity: new Decimal(ordinal % 5 === 0 ? 2.5 : 1 + (ordinal % 12)),
  };
  return {
    ...event,
    data: {
      ...event.data,
      recordedAt: new Date(Date.now() + ordinal),
      source: 'bench',
      correlationId: id,
      causationId: id,
      ...lot,
    },
  };
}

function frame(body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(1, 1);
  return Buffer.concat([header, body]);
}

function decoded(codec: EventCodec, framed: Buffer): object {
  const result = codec.decode(Topic.InventoryStock, framed);
  if (result instanceof Promise || !result.ok) throw new Error('the event cannot be read back at once');
  return result.data;
}

/** How often a second; the results are looked at, so that no compiler leaves the work out. */
function timesASecond(work: (index: number) => object, milliseconds: number): number {
  let seen = 0;
  let times = 0;
  const begun = performance.now();
  while (performance.now() - begun < milliseconds)
    for (let index = 0; index < records; index += 1, times += 1) if (work(index) !== null) seen += 1;
  if (seen !== times) throw new Error('a result is missing');
  return times / ((performance.now() - begun) / 1000);
}
