import { Injectable } from '@nestjs/common';
import { UnitChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedUnit } from '../master-data.js';
import { MasterDataStore } from '../master-data.store.js';

/** A unit that Odoo has made or changed can be converted at once; what waited for it goes on. */
@Handles(UnitChanged)
@Injectable()
export class TakeUnit implements Handler<UnitChanged> {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: unit }: Envelope<UnitChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.masterData.saveUnit(tx, unit)) await this.parking.release(tx, [awaitedUnit(unit.unit)]);
    return [];
  }
}
