import { StockMoved, Topic } from '@wardline/event-contracts';
import type { BusinessEvent, EventSink, OutboundRecord } from '@wardline/event-handling';

/** A movement of stock with nothing in it but a reason. */
export function moved(key: string, reason: string): BusinessEvent {
  return {
    topic: Topic.InventoryStock,
    key,
    type: StockMoved,
    data: { occurredAt: new Date(), reason },
  };
}

/** A broker that keeps what it is given; `before` is awaited first. */
export class Recorder implements EventSink {
  readonly records: OutboundRecord[] = [];
  constructor(private readonly before: () => Promise<void> | void = () => undefined) {}
  async publish(records: readonly OutboundRecord[]): Promise<void> {
    await this.before();
    this.records.push(...records);
  }
  reasonsOf(key: string): string[] {
    return this.records.filter((record) => record.key === key).map(reasonOf);
  }
}

/** The reason of a movement as it was published. */
export function reasonOf(record: OutboundRecord): string {
  return (JSON.parse(record.value!.toString()) as { data: { reason: string } }).data.reason;
}
