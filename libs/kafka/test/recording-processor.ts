import { Fenced, type BatchProcessor, type InboundRecord, type PartitionClaim } from '@wardline/event-handling';

/**
 * The pipeline as tests of the transport need it: positions and generations in memory, as a service's database has them,
 * and every record that was settled. Not exported.
 */
export class RecordingProcessor implements BatchProcessor {
  readonly settled: InboundRecord[] = [];
  readonly given: InboundRecord[][] = [];
  /** Runs before a batch is settled; what it throws, the processor throws. */
  before: (records: readonly InboundRecord[]) => Promise<void> | void = () => undefined;

  constructor(readonly positions: Map<string, { generation: number; next: bigint | null }> = new Map()) {}

  claim(topic: string, partition: number): Promise<PartitionClaim> {
    const key = `${topic}/${partition}`;
    const next = this.positions.get(key)?.next ?? null;
    const generation = (this.positions.get(key)?.generation ?? 0) + 1;
    this.positions.set(key, { generation, next });
    return Promise.resolve({ generation, nextOffset: next });
  }

  async process(records: readonly InboundRecord[], claim: PartitionClaim): Promise<bigint> {
    this.given.push([...records]);
    await this.before(records);
    const key = `${records[0]!.topic}/${records[0]!.partition}`;
    const position = this.positions.get(key)!;
    if (position.generation !== claim.generation) throw new Fenced(`generation ${position.generation}`);
    const fresh = records.filter((record) => position.next === null || record.offset >= position.next);
    this.settled.push(...fresh);
    position.next = records.at(-1)!.offset + 1n;
    return position.next;
  }

  /** Values of the settled records of a topic, in the order in which they were settled. */
  values(topic: string): string[] {
    return this.settled.filter((record) => record.topic === topic).map((record) => record.value!.toString());
  }
}
