import { recordTypes, type EventId, type TopicName } from '@wardline/event-contracts';
import type { DecodeResult, EventCodec } from '@wardline/event-handling';
import { seededRandom } from '../../../deploy/local/demo/random.ts';
import { partsOf, type Part } from './avro-parts.ts';
import { contractVersions, type ContractVersion } from './contract-versions.ts';
import { heapInUse } from './heap.ts';
import { mutated, valueOf, type Specimen } from './mutations.ts';
import { pick, sampleOf, type Random } from './sample.ts';

/** How the codec is fuzzed. */
export interface FuzzOptions {
  readonly cases: number;
  /** The same seed makes the same cases. */
  readonly seed: number;
  readonly codec: EventCodec;
  readonly onProgress?: (done: number) => void;
}

/** Something that must never happen, with the message that made it happen. */
export interface Violation {
  readonly what: string;
  readonly topic: string;
  /** The value of the message in hex; null for a tombstone. */
  readonly value: string | null;
}

/** What came of it. */
export interface FuzzReport {
  readonly cases: number;
  readonly seed: number;
  readonly seconds: number;
  /** Cases by what the codec answered: `ok` or the code of the refusal. */
  readonly answers: Readonly<Record<string, number>>;
  /** Longest processor time of one message, in milliseconds, scheduling noise taken out. */
  readonly slowestMs: number;
  /** Growth of the heap and of buffers between a fifth and the end of the run, in bytes, after collection. */
  readonly grownBytes: number;
  readonly violations: readonly Violation[];
}

/** Most processor time of one message, in milliseconds (issue "The delivery engine", bad input). */
export const mostMs = 50;

const shownViolations = 20;

/**
 * Gives the codec valid, damaged and lying messages of every version of every record. Each must be answered, in time, with
 * data that can be written again or with a refusal that can be told to others.
 */
export async function fuzzCodec({ cases, seed, codec, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const random = seededRandom(seed);
  const source = new Specimens(random);
  const run = { answers: new Map<string, number>(), slowestMs: 0, violations: [] as Violation[], early: 0 };
  const start = performance.now();
  for (let done = 0; done < cases; done += 1) {
    if (done === Math.floor(cases / 5)) run.early = heapInUse();
    if (done % 50_000 === 0) onProgress?.(done);
    const specimen = source.next();
    const isValid = random() < 0.05;
    const value = isValid ? valueOf(specimen) : mutated(specimen, source.next(), random);
    const { topic } = random() < 0.95 ? specimen.version : source.next().version;
    const { what, ms, answer } = await oneCase(codec, {
      topic,
      value,
      mustBeRead: isValid && topic === specimen.version.topic,
    });
    run.answers.set(answer, (run.answers.get(answer) ?? 0) + 1);
    run.slowestMs = Math.max(run.slowestMs, ms);
    if (what !== null && run.violations.length < shownViolations)
      run.violations.push({ what, topic, value: value?.toString('hex') ?? null });
  }
  const grownBytes = heapInUse() - run.early;
  const { slowestMs, violations } = run;
  const seconds = (performance.now() - start) / 1000;
  return { cases, seed, seconds, answers: Object.fromEntries(run.answers), slowestMs, grownBytes, violations };
}

/** Valid messages: a pool for each version, of which one is replaced from time to time. */
class Specimens {
  readonly #random: Random;
  readonly #pools: readonly { readonly version: ContractVersion; readonly pool: Specimen[] }[];

  constructor(random: Random) {
    this.#random = random;
    this.#pools = contractVersions().map((version) => ({ version, pool: [] }));
  }

  next(): Specimen {
    const { version, pool } = pick(this.#random, this.#pools);
    if (pool.length === 0 || this.#random() < 0.02) {
      const fresh = { version, parts: keepable(partsOf(version.schema, sampleOf(version.schema, this.#random))) };
      if (pool.length < poolSize) pool.push(fresh);
      else pool[Math.floor(this.#random() * pool.length)] = fresh;
    }
    return pick(this.#random, pool);
  }
}

const poolSize = 20;

/** Parts in memory of their own: a small Buffer otherwise keeps 8 kB of its neighbours alive as long as it is kept. */
function keepable(parts: readonly Part[]): Part[] {
  const memory = new ArrayBuffer(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  return parts.map(({ role, bytes }) => {
    const own = Buffer.from(memory, at, bytes.length);
    at += bytes.copy(own);
    return { role, bytes: own };
  });
}

interface Case {
  readonly topic: TopicName;
  readonly value: Buffer | null;
  readonly mustBeRead: boolean;
}

interface Outcome {
  /** What was wrong; null when nothing was. */
  readonly what: string | null;
  readonly answer: string;
  readonly ms: number;
}

async function oneCase(codec: EventCodec, { topic, value, mustBeRead }: Case): Promise<Outcome> {
  const started = performance.now();
  try {
    const pending = codec.decode(topic, value);
    const result = pending instanceof Promise ? await pending : pending;
    const ms = await withoutNoise(performance.now() - started, () => codec.decode(topic, value));
    const what = ms > mostMs ? `took ${ms.toFixed(0)} ms` : objection(codec, topic, result);
    const answer = result.ok ? 'ok' : result.code;
    return { what: what ?? (mustBeRead && !result.ok ? `a valid message: ${result.message}` : null), answer, ms };
  } catch (error) {
    return { what: `threw ${String(error)}`, answer: 'threw', ms: performance.now() - started };
  }
}

/** A long time is measured again: other programs and the garbage collector take their turns too. */
async function withoutNoise(ms: number, again: () => unknown): Promise<number> {
  let least = ms;
  for (let tries = 0; tries < 5 && least > mostMs / 5; tries += 1) {
    const started = performance.now();
    await again();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

function objection(codec: EventCodec, topic: TopicName, result: DecodeResult): string | null {
  if (!result.ok) {
    if (!result.message.isWellFormed()) return 'the refusal is no text that can be published';
    return result.message.length > 1_000 ? `a refusal of ${result.message.length} characters` : null;
  }
  const type = recordTypes.get(result.typeName);
  if (type === undefined) return `read as ${result.typeName}, which no topic carries`;
  const again = codec.encode({ topic, key: 'k', type, data: result.data });
  const reread = codec.decode(topic, again) as DecodeResult;
  if (!reread.ok) return `what was read and written again cannot be read: ${reread.message}`;
  if ((reread.data['eventId'] as EventId) !== result.data['eventId']) return 'reads differently once written again';
  return again.equals(codec.encode({ topic, key: 'k', type, data: reread.data }))
    ? null
    : 'is written differently each time';
}
