import { Decimal, StockMoved, Topic, type EventId, type TopicName } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent, type EventCodec, type Log } from '@wardline/event-handling';
import { testCodec } from '@wardline/testing';
import { eventId, keyOf, type BenchEvent } from './contender.ts';

/** The real codec and the real contract; only the topics are the bench's. */
export async function benchCodec(): Promise<EventCodec> {
  const codec = await testCodec();
  return {
    encode: (event) => codec.encode({ ...event, topic: Topic.InventoryStock }),
    decode: (_topic, value) => codec.decode(Topic.InventoryStock, value),
  };
}

/** The StockMoved of an event; its ledger position is the ordinal. */
export function movementOf(event: BenchEvent, topic: string): BusinessEvent {
  const key = keyOf(event);
  return businessEvent(topic as TopicName, key, StockMoved, {
    eventId: eventId(event.ordinal) as EventId,
    occurredAt: new Date(),
    movementType: 'CONSUMPTION',
    productCode: key,
    fromLocation: 'NORTH-ICU',
    toLocation: 'Consumption',
    lotNumber: null,
    serialNumber: null,
    transferReference: null,
    documentReference: null,
    expiryDate: null,
    quantity: new Decimal(1),
    unit: 'Units',
    reverses: null,
    ledgerPosition: BigInt(event.ordinal),
    actor: 'bench',
    interface: 'bench',
    reason: null,
  });
}

/** A log that says nothing. */
export const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
