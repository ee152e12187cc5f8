import { Injectable } from '@nestjs/common';
import { ProductChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { MasterDataStore } from '../master-data.store.js';
import { namesOfProduct } from './announced-names.js';

/** A product that Odoo has made or changed can be consumed at once; what waited for it goes on. */
@Handles(ProductChanged)
@Injectable()
export class TakeProduct implements Handler<ProductChanged> {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: product }: Envelope<ProductChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.masterData.saveProduct(tx, product)) await this.parking.release(tx, namesOfProduct(product));
    return [];
  }
}
