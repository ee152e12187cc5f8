import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { BareKafka } from './bare-kafka.ts';
import { peerJars } from './peers/install.ts';

const run = promisify(execFile);

/** kafka-producer-perf-test with its defaults, acks all and idempotent: records a second. */
export async function producerPerfTest(
  brokers: string,
  topic: string,
  records: number,
  bytes: number,
): Promise<number> {
  const what = [
    '--topic',
    topic,
    '--num-records',
    String(records),
    '--record-size',
    String(bytes),
    '--throughput',
    '-1',
  ];
  const how = ['--producer-props', `bootstrap.servers=${brokers}`, 'acks=all', 'enable.idempotence=true'];
  const { stdout } = await run(
    'java',
    ['-Xmx512m', '-cp', join(peerJars, '*'), 'org.apache.kafka.tools.ProducerPerformance', ...what, ...how],
    { maxBuffer: 16 * 1024 * 1024 },
  );
  const total = /records sent, ([\d.]+) records\/sec/g;
  const found = [...stdout.matchAll(total)].at(-1)?.[1];
  if (found === undefined) throw new Error(`kafka-producer-perf-test said nothing of its rate:\n${stdout}`);
  return Number(found);
}

interface Row {
  readonly id: string;
  readonly key: string;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Seconds that each of the two takes: the least that anybody who publishes has to do, one after the other. */
export interface SelectThenProduce {
  readonly select: number;
  readonly produce: number;
}

/** Reads an outbox of ours by its primary key, a page at a time, and produces each page with bare kafkajs. */
export async function selectThenProduce(
  url: string,
  kafka: BareKafka,
  topic: string,
  page: number,
): Promise<SelectThenProduce> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  let select = 0;
  let produce = 0;
  for (let after = '0'; ;) {
    const begun = performance.now();
    const { rows } = await client.query<Row>({ name: 'page', text: nextPage, values: [after, page] });
    const read = performance.now();
    select += read - begun;
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    const messages = rows.map(({ key, payload: value, headers }) => ({ key, value, headers: { ...headers } }));
    await kafka.produce(topic, messages);
    produce += performance.now() - read;
  }
  await client.end();
  return { select: select / 1000, produce: produce / 1000 };
}

const nextPage = 'SELECT id, key, payload, headers FROM delivery.outbox WHERE id > $1 ORDER BY id LIMIT $2';
