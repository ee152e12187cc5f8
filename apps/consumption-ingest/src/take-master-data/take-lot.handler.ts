import { Injectable } from '@nestjs/common';
import { LotChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedLot } from '../check-consumption/name-record.js';
import { LotStore } from '../lot.store.js';

/** A lot or serial that Odoo has made or changed can be consumed at once; what waited for it goes on. */
@Handles(LotChanged)
@Injectable()
export class TakeLot implements Handler<LotChanged> {
  constructor(
    private readonly lots: LotStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: lot }: Envelope<LotChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.lots.save(tx, lot)) await this.parking.release(tx, [awaitedLot(lot.productCode, lot.lotNumber)]);
    return [];
  }
}
