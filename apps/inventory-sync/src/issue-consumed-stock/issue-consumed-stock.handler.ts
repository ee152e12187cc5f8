import { ConsumptionAccepted } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import type { Movement } from '../movement.js';
import { awaitedConsumption } from '../reversal.js';
import { assertOnePlace, bringsBack } from '../serial-place.js';
import { issueAll, stockMoved } from '../stock-ledger.js';
import { StockLedger } from '../stock-ledger.store.js';
import { StockPictureStore } from '../stock-picture.store.js';

/** Stock leaves a ward when its use is accepted, comes back when it is returned, and a record in error is undone once. */
@Handles(ConsumptionAccepted)
export class IssueConsumedStock implements BatchHandler<ConsumptionAccepted> {
  constructor(
    private readonly ledger: StockLedger,
    private readonly parking: Parking,
    private readonly pictures: StockPictureStore,
  ) {}

  async handleBatch(accepted: readonly Envelope<ConsumptionAccepted>[], tx: Transaction): Promise<BusinessEvent[]> {
    const reversed = accepted.flatMap(({ data }) => data.reverses ?? []);
    const originals = await this.ledger.originals(tx, reversed);
    const movements = issueAll(accepted, originals);
    await this.#assertOnePlace(tx, movements);
    const awaited = movements.map((movement) => awaitedConsumption(movement.sourceEventId));
    const [booked] = await Promise.all([this.ledger.append(tx, movements), this.parking.release(tx, awaited)]);
    return booked.flatMap(stockMoved);
  }

  /** Only what comes back from use is looked at: what is used leaves a place, whatever it is. */
  async #assertOnePlace(tx: Transaction, movements: readonly Movement[]): Promise<void> {
    const pieces = movements.filter(bringsBack);
    if (pieces.length === 0) return;
    const ofPieces = movements.filter(({ serialNumber }) => serialNumber !== null);
    assertOnePlace(
      ofPieces,
      await this.pictures.take(tx, { pieces, places: [], transferReferences: [], documents: [], then: [] }),
    );
  }
}
