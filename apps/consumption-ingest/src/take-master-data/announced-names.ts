import type { LocationChanged, ProductChanged } from '@wardline/event-contracts';
import { awaitedLocation, awaitedProduct } from '../check-consumption/name-record.js';
import { gtinsOf } from '../master-data.store.js';

/** Every name under which records may wait for this product. */
export function namesOfProduct(product: ProductChanged): string[] {
  const internal = awaitedProduct({ scheme: 'INTERNAL', value: product.productCode, supplierCode: null });
  const gtins = gtinsOf(product).map((value) => awaitedProduct({ scheme: 'GTIN', value, supplierCode: null }));
  const items = product.supplierItems.map(({ supplierCode, itemCode }) =>
    awaitedProduct({ scheme: 'SUPPLIER_ITEM', value: itemCode, supplierCode }),
  );
  return [internal, ...gtins, ...items];
}

/** Every name under which records may wait for this location: its code and its complete name. */
export function namesOfLocation({ locationCode, name }: LocationChanged): string[] {
  return [...new Set([locationCode, name])].map((value) => awaitedLocation({ scheme: 'CODE', value }));
}
