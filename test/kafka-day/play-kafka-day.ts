import { ConsumptionRecorded, Topic } from '@wardline/event-contracts';
import { businessEvent, type Log, type OutboundRecord } from '@wardline/event-handling';
import { AvroCodec, KafkaSink } from '@wardline/kafka';
import { kafkaDay } from './kafka-day.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { kafkaDayReport, reportLines, type KafkaDayReport } from './kafka-day-report.ts';
import { kafkaDayState, saveKafkaDayState } from './kafka-day-state.ts';
import { lateProduct, operatingRoomGln, propofolNdc } from '../../deploy/local/demo/hospital.ts';
import { seedHospital, seedProducts } from '../../deploy/local/demo/seed-hospital.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import { getJson, putJson, waitUntil } from '../../deploy/local/demo/service-http.ts';

/** What the day needs of a running Wardline, and how it is played. */
export interface KafkaDayOptions {
  readonly brokers: string;
  readonly registryUrl: string;
  readonly odoo: OdooAddress;
  readonly services: Readonly<Record<string, string>>;
  /** Folder for what it remembers between starts. */
  readonly stateDirectory: string;
  /** Prints one line. */
  readonly say: (line: string) => void;
  readonly seed?: number;
  readonly records?: number;
  /** Records a second; default 100. */
  readonly rate?: number;
  /** Longest wait for everything to be posted, in milliseconds; default 3 minutes. */
  readonly settleWithinMs?: number;
}

const standard = { seed: 7, records: 500, rate: 100, settleWithinMs: 180_000 };

/** Puts the demo hospital into Odoo. To be done before the services start, so that the ledger opens with its shelves. */
export async function prepareKafkaDay({
  odoo,
  stateDirectory,
  seed,
}: Pick<KafkaDayOptions, 'odoo' | 'stateDirectory' | 'seed'>): Promise<void> {
  const state = kafkaDayState(stateDirectory, seed ?? standard.seed);
  if (!state.played) await seedHospital(odoo, state.day);
  saveKafkaDayState(stateDirectory, state);
}

/** Plays the day through Kafka as any upstream would, waits until everything has come to its end, and tells how it went. A day that was played is not played again. */
export async function playKafkaDay(options: KafkaDayOptions): Promise<KafkaDayReport> {
  const state = kafkaDayState(options.stateDirectory, options.seed ?? standard.seed);
  const day = kafkaDay({ seed: state.seed, day: state.day, records: options.records ?? standard.records });
  if (state.played) options.say('The day was played before; this is how it stands:');
  else {
    await getReady(options);
    await send(day, options);
    const late = await settled(day, options);
    saveKafkaDayState(options.stateDirectory, { ...state, played: true });
    options.say(late ?? 'The day is over:');
  }
  const report = await kafkaDayReport(day, options);
  for (const line of reportLines(report)) options.say(line);
  return report;
}

/** Waits for the opening balances and tells Wardline two codes that Odoo has no field for. */
async function getReady({ services }: KafkaDayOptions): Promise<void> {
  const opening = `${services['inventory-sync']}/balances?location=SOUTH-PHARM&product=MASK-FFP2`;
  await waitUntil(
    'the opening balance of the stores',
    120_000,
    async () => (await getJson<{ items: unknown[] }>(opening)).items.length > 0,
  );
  const crosswalk = `${services['consumption-ingest']}/crosswalk`;
  await putJson(`${crosswalk}/GLN/${operatingRoomGln}`, { target: 'NORTH-OR1', by: 'demo' });
  await putJson(`${crosswalk}/NDC/${propofolNdc}`, { target: 'PROPOFOL-20', by: 'demo' });
}

async function send(day: readonly KafkaRecord[], options: KafkaDayOptions): Promise<void> {
  const codec = await AvroCodec.open({ registryUrl: options.registryUrl, register: false, log: quiet });
  const sink = new KafkaSink({ brokers: options.brokers.split(','), clientId: 'demo-upstream', log: quiet });
  const rate = options.rate ?? standard.rate;
  const perTick = Math.max(1, Math.round(rate / 10));
  const half = Math.floor((day.length * 0.7) / perTick) * perTick;
  for (let from = 0; from < day.length; from += perTick) {
    if (from === half) await seedProducts(options.odoo, [lateProduct]);
    await sink.publish(day.slice(from, from + perTick).map((record) => onTheWire(record, codec)));
    progress(`  ${Math.min(from + perTick, day.length)} of ${day.length} records sent`);
    await new Promise((resolve) => setTimeout(resolve, (1000 * perTick) / rate));
  }
  await sink.close();
  progress('');
}

/** No header: nothing of ours is asked of an upstream. */
function onTheWire({ key, content }: KafkaRecord, codec: AvroCodec): OutboundRecord {
  const isBytes = content === null || Buffer.isBuffer(content);
  const value = isBytes
    ? content
    : codec.encode(businessEvent(Topic.ClinicalConsumption, key, ConsumptionRecorded, content));
  return { topic: Topic.ClinicalConsumption, key, value: value, headers: {} };
}

/** Until every record has its end and every movement its posting; answers a sentence when that takes too long. */
async function settled(day: readonly KafkaRecord[], options: KafkaDayOptions): Promise<string | undefined> {
  const within = options.settleWithinMs ?? standard.settleWithinMs;
  const allEnded = async (): Promise<boolean> => {
    const { postings } = await getJson<{ postings: { pending: number; posted: number } }>(
      `${options.services['inventory-sync']}/ledger/check`,
    );
    progress(`  ${postings.posted} movements posted in Odoo, ${postings.pending} under way`);
    if (postings.pending > 0 || postings.posted === 0) return false;
    const report = await kafkaDayReport(day, options);
    return report.missing === 0 && report.surprises.length === 0 && report.postingsPending === 0;
  };
  const late = await waitUntil('the end of the day', within, allEnded).then(
    () => undefined,
    (error: Error) => error.message,
  );
  progress('');
  return late;
}

/** A line that the next one replaces; on a terminal only. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
