import { Injectable } from '@nestjs/common';
import { LotChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedLot } from '../master-data.js';
import { MasterDataStore } from '../master-data.store.js';

/** A lot or serial that Odoo has made or changed can be handled at once; what waited for it goes on. */
@Handles(LotChanged)
@Injectable()
export class TakeLot implements Handler<LotChanged> {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: lot }: Envelope<LotChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.masterData.saveLot(tx, lot))
      await this.parking.release(tx, [awaitedLot(lot.productCode, lot.lotNumber)]);
    return [];
  }
}
