import { Injectable } from '@nestjs/common';
import type { StockOperationRecorded } from '@wardline/event-contracts';
import { causedBy, type BusinessEvent, type Envelope, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedLot } from '../master-data.js';
import { MasterDataStore, type LotSeen } from '../master-data.store.js';
import { stockMoved } from '../stock-ledger.js';
import { StockLedger } from '../stock-ledger.store.js';
import { StockOperationStore } from '../stock-operation.store.js';
import type { Refusal } from './finding.js';
import { accepted, refused } from './receipts.js';
import { awaitedOperation, awaitedShipment, type Acceptance } from './stock-operation.js';

/** A record that ends, with the decision about it. */
export interface Settled {
  readonly envelope: Envelope<StockOperationRecorded>;
  readonly decision: Acceptance | Refusal;
}

/** Ends records: books what they move, writes what became of them and answers to each its one terminal receipt. */
@Injectable()
export class Settlement {
  constructor(
    private readonly operations: StockOperationStore,
    private readonly ledger: StockLedger,
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  /** Answers the receipts and the movements, and lets go on what waited for these records. */
  async settle(tx: Transaction, settled: readonly Settled[]): Promise<BusinessEvent[]> {
    if (settled.length === 0) return [];
    const acceptances = settled.flatMap(({ decision }) => (decision.outcome === 'accepted' ? [decision] : []));
    const movements = acceptances.flatMap(({ booking }) => booking.movement ?? []);
    this.operations.settle(
      tx,
      settled.map(({ envelope, decision }) => ({ record: envelope.data, decision })),
    );
    this.masterData.noteLots(tx, acceptances.flatMap(lotSeen));
    const names = [...new Set(settled.flatMap(announced))];
    const [booked] = await Promise.all([this.ledger.append(tx, movements), this.parking.release(tx, names)]);
    return [...settled.flatMap(receiptOf), ...booked.flatMap(stockMoved)];
  }
}

/** Where a lot is seen for the first time: when it comes in, and when it is counted. */
function lotSeen({ placed }: Acceptance): LotSeen[] {
  const { operation, productCode, lotNumber, serialNumber, expiryDate } = placed;
  const number = lotNumber ?? serialNumber;
  if (number === null || (operation !== 'RECEIVED' && operation !== 'COUNTED')) return [];
  return [{ productCode, number, expiryDate }];
}

function announced({ envelope, decision }: Settled): string[] {
  const itself = awaitedOperation(envelope.data.eventId);
  if (decision.outcome === 'refused') return [itself];
  const { operation, transferReference } = decision.placed;
  const lots = lotSeen(decision).map(({ productCode, number }) => awaitedLot(productCode, number));
  const shipment =
    operation === 'SHIPPED' && transferReference !== null ? [awaitedShipment(transferReference, decision.placed)] : [];
  return [itself, ...lots, ...shipment];
}

function receiptOf({ envelope, decision }: Settled): BusinessEvent[] {
  const receipt = decision.outcome === 'accepted' ? accepted(envelope, decision) : refused(envelope, decision);
  return causedBy(envelope, [receipt]);
}
