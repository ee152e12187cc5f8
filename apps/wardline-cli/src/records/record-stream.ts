import type { EventCodec, InboundRecord } from '@wardline/event-handling';
import { AvroCodec, TopicReader, type OffsetRange } from '@wardline/kafka';
import { CommandError } from '../exit.js';
import { reasonOf } from '../services/service-client.js';
import type { Site } from '../site.js';
import { shownRecord, type ShownRecord } from './shown-record.js';

/** Reads the topics of a site, decoded and masked. */
export class RecordStream {
  private constructor(
    readonly reader: TopicReader,
    private readonly codec: EventCodec,
  ) {}

  /** Connects to Kafka and the registry; throws a sentence that names the address that does not answer. */
  static async open({ kafka, registry, log }: Site): Promise<RecordStream> {
    const reader = await TopicReader.open(kafka, log).catch((error: unknown) => {
      throw new CommandError(`Kafka at ${kafka.brokers.join(',')} does not answer: ${reasonOf(error)}`);
    });
    // A person waits: an id that the registry does not know is not asked for again.
    const patience = { retryPauses: [], negativeMs: 60_000 };
    const codec = await AvroCodec.open({ ...registry, register: false, readOnly: true, log, patience });
    return new RecordStream(reader, codec);
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  /** The records of the ranges as they come, those that `wanted` lets through. */
  async *read(
    ranges: readonly OffsetRange[],
    wanted: (record: InboundRecord) => boolean = () => true,
    signal?: AbortSignal,
  ): AsyncGenerator<ShownRecord> {
    for await (const records of this.reader.read(ranges, signal))
      for (const record of records.filter(wanted)) yield await this.shown(record);
  }

  private async shown(record: InboundRecord): Promise<ShownRecord> {
    try {
      return shownRecord(record, await this.codec.decode(record.topic, record.value));
    } catch (error) {
      // The registry cannot be asked: the record is shown as far as it can be read without.
      const message = reasonOf(error);
      return shownRecord(record, { ok: false, code: 'UNKNOWN_SCHEMA', message });
    }
  }
}
