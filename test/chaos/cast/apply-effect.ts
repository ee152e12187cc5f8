import { ConsumptionAccepted, Decimal, StockMoved, Topic } from '@wardline/event-contracts';
import {
  businessEvent,
  Handles,
  RetryLater,
  type BusinessEvent,
  type Clock,
  type Envelope,
  type Handler,
  type Transaction,
} from '@wardline/event-handling';
import { stumbling } from './writing.ts';

/** How long a stumbling event fails after it was received: longer than it takes to find it in its batch and park it. */
const stumblesMs = 60;

/** One row and one further event for each event; a stumbling one fails at first, after its row is written. */
export class ApplyEffect implements Handler<ConsumptionAccepted> {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async handle({ data, key, receivedAt }: Envelope<ConsumptionAccepted>, tx: Transaction): Promise<BusinessEvent[]> {
    const round = data.locationCode;
    tx.write('INSERT INTO chaos.effect (round, event_id, key) VALUES ($1, $2, $3)', [round, data.eventId, key]);
    // Both ways, because another process with another clock may have received it.
    const age = Math.abs(this.#clock.now().getTime() - receivedAt.getTime());
    if (data.reason === stumbling && age < stumblesMs) throw new RetryLater('it stumbles', { after: stumblesMs });
    return [followUp(data, key!)];
  }
}

// A decorator is more than Node's stripping of types can do.
Handles(ConsumptionAccepted)(ApplyEffect);

function followUp(data: ConsumptionAccepted, key: string): BusinessEvent {
  return businessEvent(Topic.InventoryStock, key, StockMoved, {
    occurredAt: data.occurredAt,
    movementType: 'CONSUMPTION',
    productCode: data.productCode,
    fromLocation: data.locationCode,
    toLocation: 'Consumption',
    ...{ transferReference: null, documentReference: null },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, reverses: null },
    quantity: new Decimal(1),
    unit: 'Units',
    ledgerPosition: 1n,
    actor: 'chaos',
    interface: 'chaos',
    reason: null,
  });
}
