import { Injectable } from '@nestjs/common';
import { ProductChanged } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { Parking } from '@wardline/outbox';
import { awaitedProduct } from '../master-data.js';
import { gtinsOf, MasterDataStore } from '../master-data.store.js';

/** A product that Odoo has made or changed can be handled at once; what waited for it goes on. */
@Handles(ProductChanged)
@Injectable()
export class TakeProduct implements Handler<ProductChanged> {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly parking: Parking,
  ) {}

  async handle({ data: product }: Envelope<ProductChanged>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    if (await this.masterData.saveProduct(tx, product))
      await this.parking.release(tx, [
        awaitedProduct('INTERNAL', product.productCode),
        ...gtinsOf(product).map((gtin) => awaitedProduct('GTIN', gtin)),
      ]);
    return [];
  }
}
