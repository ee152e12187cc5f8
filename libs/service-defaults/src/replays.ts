import { mostOffsets, InterventionRefused, type Replay, type ReplayReport, type ReplayRequest } from '@wardline/outbox';
import type { InboundRecord, Log } from '@wardline/event-handling';
import { TopicReader, type KafkaConnection } from '@wardline/kafka';

/** What replays are made with. */
export interface ReplayParts {
  readonly service: string;
  readonly kafka: KafkaConnection;
  readonly log: Log;
  readonly replay: Replay;
  /** The topics that have a handler here. */
  readonly topics: readonly string[];
}

/** Reads ranges of topics anew and gives them to this service, one at a time. */
export class Replays {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReplayParts) {}

  /** Throws `InterventionRefused` for what may not be given, and what the broker or a handler's dependency is away with. */
  give(request: ReplayRequest): Promise<ReplayReport> {
    const turn = this.#last.then(() => this.#give(request));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Up to which offset each partition of a topic may be given. Throws `InterventionRefused` for a topic without a handler. */
  settled(topic: string): Promise<Map<number, bigint>> {
    this.#requireHandled(topic);
    return this.parts.replay.settled(topic);
  }

  #requireHandled(topic: string): void {
    const { service, topics } = this.parts;
    if (topics.includes(topic)) return;
    throw new InterventionRefused(
      'NOT_POSSIBLE',
      `${service} handles nothing of ${topic}; it handles ${topics.join(', ')}`,
    );
  }

  async #give(request: ReplayRequest): Promise<ReplayReport> {
    const { replay, log } = this.parts;
    this.#requireHandled(request.topic);
    await replay.check(request);
    const report = await replay.give(request, await this.#read(request));
    if (!request.dryRun) {
      const { topic, partition, by, reason } = request;
      const range = { from: String(request.from), to: String(request.to) };
      log.info(`given again: ${report.handled} of ${report.read} were new`, { topic, partition, ...range, by, reason });
    }
    return report;
  }

  async #read({ topic, partition, from, to }: ReplayRequest): Promise<InboundRecord[]> {
    const reader = await TopicReader.open(this.parts.kafka, this.parts.log);
    try {
      const records: InboundRecord[] = [];
      for await (const some of reader.read([{ topic, partition, from, to }])) records.push(...some);
      return records.slice(0, mostOffsets);
    } finally {
      await reader.close();
    }
  }
}
