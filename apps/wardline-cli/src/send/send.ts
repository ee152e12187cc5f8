import { Topic, type TopicContract } from '@wardline/event-contracts';
import { AvroCodec, KafkaSink } from '@wardline/kafka';
import { CommandError } from '../exit.js';
import { RecordStream } from '../records/record-stream.js';
import { reasonOf } from '../services/service-client.js';
import type { Site } from '../site.js';
import type { Outgoing } from './outgoing.js';
import { awaitReceipts, type Receipt } from './receipts.js';

/** Encodes every record, then sends them in order; resolves when all replicas have them. */
export async function sendAll(site: Site, topic: TopicContract, records: readonly Outgoing[]): Promise<void> {
  const { registry, kafka, log } = site;
  const options = { ...registry, register: false, log, startWithinMs: 0, topics: [topic] };
  const codec = await AvroCodec.open(options).catch((error: unknown) => {
    throw new CommandError(`nothing was sent: ${reasonOf(error)}`);
  });
  const encoded = records.map(({ key, type, data }) => ({
    topic: topic.name,
    key,
    value: codec.encode({ topic: topic.name, key, type, data }),
    headers: {},
  }));
  // The sink waits for a cluster that is away; a person is told at once.
  await (await RecordStream.open(site)).close();
  const sink = new KafkaSink({ ...kafka, log });
  await sink.publish(encoded).finally(() => sink.close());
}

/** Sends the records and answers the receipt of each, after `waitSeconds` at the latest. */
export async function sendAndAwait(
  site: Site,
  topic: TopicContract,
  records: readonly Outgoing[],
  waitSeconds: number,
): Promise<Receipt[]> {
  const stream = await RecordStream.open(site);
  try {
    const from = await stream.reader.ranges([Topic.ClinicalConsumptionReceipt], 'end', 'never');
    await sendAll(site, topic, records);
    const ids = records.map(({ eventId }) => eventId);
    return await awaitReceipts(stream, from, ids, AbortSignal.timeout(waitSeconds * 1_000));
  } finally {
    await stream.close();
  }
}
