import { Injectable } from '@nestjs/common';
import { LocationChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedLocation } from '../master-data.js';
import { MasterDataStore } from '../master-data.store.js';

/** Stock can be handled at a location that Odoo has made or changed at once; what waited for it goes on. */
@Handles(LocationChanged)
@Injectable()
export class TakeLocation implements Handler<LocationChanged> {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: location }: Envelope<LocationChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.masterData.saveLocation(tx, location))
      await this.parking.release(tx, [location.locationCode, location.name].map(awaitedLocation));
    return [];
  }
}
