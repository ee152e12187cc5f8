import { afterEach, describe, expect, it } from 'vitest';
import { Fenced, type InboundRecord } from '@wardline/event-handling';
import { eventually, silentLog } from '@wardline/testing';
import { PartitionWorker, sharedBy, type PartitionLimits } from './partition-worker.js';
import { PauseGate } from './pause-gate.js';
import { RecordingProcessor } from '../test/recording-processor.js';

const open: PartitionWorker[] = [];
afterEach(() => Promise.all(open.splice(0).map((worker) => worker.stop())));

function record(offset: number, bytes = 1): InboundRecord {
  const at = new Date(offset * 1000);
  return {
    topic: 't',
    partition: 0,
    offset: BigInt(offset),
    key: null,
    value: Buffer.alloc(bytes),
    headers: {},
    timestamp: at,
  };
}

function worker(
  processor: RecordingProcessor,
  limits: Partial<PartitionLimits> = {},
): { worker: PartitionWorker; did: string[] } {
  const did: string[] = [];
  const flow = {
    pause: () => void did.push('pause'),
    resume: () => void did.push('resume'),
    seek: (offset: bigint) => void did.push(`seek ${offset}`),
    settled: (offset: bigint) => void did.push(`settled ${offset}`),
  };
  const all = { maxBatch: 10, maxWaiting: 20, maxWaitingBytes: 30_000, reclaimAfterMs: 5, ...limits };
  const made = new PartitionWorker({ topic: 't', partition: 0 }, processor, flow, {
    gate: new PauseGate(),
    log: silentLog,
    limits: all,
  });
  open.push(made);
  made.start();
  return { worker: made, did };
}

const run = (from: number, count: number): InboundRecord[] => Array.from({ length: count }, (_, i) => record(from + i));

describe('one partition', () => {
  it('is not fetched before it is claimed, and then from the position of the database', async () => {
    const { worker: made, did } = worker(new RecordingProcessor(new Map([['t/0', { generation: 1, next: 7n }]])));
    expect(made.offer(run(0, 3))).toBe(false);
    await eventually(() => expect(did).toEqual(['pause', 'seek 7', 'resume']));
    expect(made.position).toBe(7n);
  });

  it('drops what a fetch gives from before the position', async () => {
    const processor = new RecordingProcessor(new Map([['t/0', { generation: 1, next: 7n }]]));
    const { worker: made } = worker(processor);
    await eventually(() => expect(made.offer(run(5, 5))).toBe(true));
    await eventually(() => expect(processor.settled.map((settled) => settled.offset)).toEqual([7n, 8n, 9n]));
  });

  it.each([
    ['records', run(0, 25)],
    ['bytes', [record(0, 31_000)]],
  ])('is not fetched further while too many %s wait', async (_what, records) => {
    const processor = new RecordingProcessor();
    let release = (): void => undefined;
    processor.before = () => new Promise<void>((resolve) => (release = resolve));
    const { worker: made, did } = worker(processor);
    await eventually(() => expect(made.offer(records)).toBe(true));
    expect(did.at(-1)).toBe('pause');
    processor.before = () => undefined;
    await eventually(() => {
      release();
      expect(processor.settled).toHaveLength(records.length);
    });
    expect(did).toContain('resume');
    expect(did.at(-1)).toBe(`settled ${records.length}`);
  });

  it('fetches again what it dropped when it was fenced before anything was settled', async () => {
    const processor = new RecordingProcessor();
    processor.before = () => {
      processor.before = () => undefined;
      throw new Fenced('another member');
    };
    const { worker: made, did } = worker(processor);
    await eventually(() => expect(made.offer(run(40, 3))).toBe(true));
    await eventually(() => expect(did.filter((step) => step === 'seek 0')).toHaveLength(2));
    expect(made.offer(run(40, 3))).toBe(true);
    await eventually(() => expect(processor.settled).toHaveLength(3));
  });

  it('tells the pipeline how far its claim has come, so that a database that went back is noticed', async () => {
    const processor = new RecordingProcessor(new Map([['t/0', { generation: 1, next: 7n }]]));
    const claims: (bigint | null)[] = [];
    const process = processor.process.bind(processor);
    processor.process = (records, claim) => {
      claims.push(claim.nextOffset);
      return process(records, claim);
    };
    const { worker: made } = worker(processor);
    await eventually(() => expect(made.offer(run(7, 2))).toBe(true));
    await eventually(() => expect(processor.settled).toHaveLength(2));
    made.offer(run(9, 1));
    await eventually(() => expect(processor.settled).toHaveLength(3));
    expect(claims).toEqual([7n, 9n]);
  });

  it('reads from the beginning when the database knows no position, whatever the broker has noted', async () => {
    const { did } = worker(new RecordingProcessor());
    await eventually(() => expect(did).toEqual(['pause', 'seek 0', 'resume']));
  });

  it('does not go on when the pipeline answers an offset that settles nothing', async () => {
    const processor = new RecordingProcessor();
    processor.process = () => Promise.resolve(0n);
    const { worker: made, did } = worker(processor);
    await eventually(() => expect(made.offer(run(0, 1))).toBe(true));
    await made.stop();
    expect(did.some((step) => step.startsWith('settled'))).toBe(false);
    expect(made.position).toBe(0n);
  });

  it('ends the batch under way when it is stopped, and commits nothing after it', async () => {
    const processor = new RecordingProcessor();
    let release = (): void => undefined;
    processor.before = () => new Promise<void>((resolve) => (release = resolve));
    const { worker: made, did } = worker(processor);
    await eventually(() => expect(made.offer(run(0, 2))).toBe(true));
    await eventually(() => expect(processor.given).toHaveLength(1));
    const stopped = made.stop();
    release();
    await stopped;
    expect(processor.settled).toHaveLength(2);
    expect(did.some((step) => step.startsWith('settled'))).toBe(false);
  });

  it('leaves each partition its share of what may wait and of what is decoded at once', () => {
    const whole = { maxBatch: 500, maxWaiting: 4_000, maxWaitingBytes: 8_000_000, reclaimAfterMs: 1_000 };
    expect(sharedBy(1, whole)).toEqual(whole);
    expect(sharedBy(4, whole)).toEqual({ ...whole, maxBatch: 250, maxWaiting: 1_000, maxWaitingBytes: 2_000_000 });
    expect(sharedBy(48, whole)).toEqual({ ...whole, maxBatch: 50, maxWaiting: 84, maxWaitingBytes: 166_667 });
    expect(sharedBy(0, whole)).toEqual(whole);
  });
});
