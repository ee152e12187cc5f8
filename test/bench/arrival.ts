import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { BareKafka } from './bare-kafka.ts';
import { ordinalOf } from './contenders/contender.ts';

/** What became of a round's events, by what stands in the topic. */
export interface Arrival {
  /** When the broker appended the first copy of each event, in whole milliseconds of the wall clock; 0 for none. */
  readonly appendedAt: Float64Array;
  /** From the first append to the last, in seconds. */
  readonly seconds: number;
  readonly missing: number;
  /** Copies beyond the first; allowed at least once, told all the same. */
  readonly repeats: number;
  /** Events of transactions that were rolled back, or that nobody wrote. */
  readonly foreign: number;
  /** Events whose first copy stands behind a later one of its key. */
  readonly disordered: number;
}

/** Reads a topic to its end and compares it with the events of ordinals 0 to `events` - 1, all of them committed. */
export async function arrivalOf(kafka: BareKafka, topic: string, events: number): Promise<Arrival> {
  const tally = new Tally(events);
  await kafka.readAll(topic, (message) => tally.take(message));
  return tally.result();
}

/** Why a round does not count; empty when it does. */
export function objectionsTo({ missing, foreign, disordered }: Arrival): string[] {
  const found = {
    'committed events are missing': missing,
    'events were never committed': foreign,
    'events out of the order of their key': disordered,
  };
  return Object.entries(found).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
}

/** Counts messages of one topic, given in the order of each partition. */
export class Tally {
  readonly #events: number;
  readonly #appendedAt: Float64Array;
  readonly #lastOfKey = new Map<string, number>();
  #first = Number.POSITIVE_INFINITY;
  #last = 0;
  #arrived = 0;
  #repeats = 0;
  #foreign = 0;
  #disordered = 0;

  constructor(events: number) {
    this.#events = events;
    this.#appendedAt = new Float64Array(events);
  }

  take({ key, headers, timestamp }: Pick<KafkaMessage, 'key' | 'headers' | 'timestamp'>): void {
    const ordinal = ordinalOf(idOf(headers));
    const at = Number(timestamp);
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
    if (!(ordinal < this.#events)) this.#foreign += 1;
    else if (this.#appendedAt[ordinal] !== 0) this.#repeats += 1;
    else this.#takeFirst(ordinal, String(key), at);
  }

  #takeFirst(ordinal: number, key: string, at: number): void {
    this.#appendedAt[ordinal] = at;
    this.#arrived += 1;
    if (ordinal < (this.#lastOfKey.get(key) ?? -1)) this.#disordered += 1;
    else this.#lastOfKey.set(key, ordinal);
  }

  result(): Arrival {
    return {
      appendedAt: this.#appendedAt,
      seconds: Math.max(this.#last - this.#first, 1) / 1000,
      missing: this.#events - this.#arrived,
      repeats: this.#repeats,
      foreign: this.#foreign,
      disordered: this.#disordered,
    };
  }
}

/** Debezium calls the header `id`, everybody else here `ce_id`. */
function idOf(headers: IHeaders | undefined): string {
  return String(headers?.['ce_id'] ?? headers?.['id'] ?? '');
}
