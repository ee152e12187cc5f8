import { expect } from 'vitest';
import { eventually } from '@wardline/testing';
import { Hospital, type Product, type Ward } from './hospital.ts';
import { Subscriber } from './outsider/subscriber.ts';
import { Upstream, type Consumption } from './outsider/upstream.ts';
import { Services, type Movement, type Receipt } from './service-answers.ts';
import { sharedWardline, type Wardline } from './wardline.ts';

const topics = [
  ...['masterdata.product', 'masterdata.location', 'masterdata.lot', 'masterdata.unit'],
  ...[
    'clinical.consumption-receipt',
    'inventory.stock',
    'erp.posting',
    'operations.exception',
    'operations.intervention',
  ],
];

/** What a story is told with: the hospital's people in Odoo, an upstream team, a subscriber, and the services' answers. */
export interface Story {
  readonly wardline: Wardline;
  readonly hospital: Hospital;
  readonly upstream: Upstream;
  readonly subscriber: Subscriber;
  readonly services: Services;
  /** Waits until Wardline has heard from Odoo of a product and a ward. */
  known(product: Product, ward: Ward): Promise<void>;
  /** Waits until a record has this outcome; answers its receipt. */
  receipt(record: Consumption, outcome: Receipt['outcome'], timeoutMs?: number): Promise<Receipt>;
  /** Waits until the one movement of a record is posted in Odoo; answers it. */
  posted(record: Consumption, timeoutMs?: number): Promise<Movement>;
  close(): Promise<void>;
}

/** Opens a story on the shared Wardline. */
export async function openStory(): Promise<Story> {
  const wardline = await sharedWardline();
  const { addresses } = wardline;
  const services = new Services(addresses.services);
  const upstream = new Upstream(addresses);
  const subscriber = await Subscriber.open(addresses, topics);
  return {
    ...{ wardline, upstream, subscriber, services, hospital: new Hospital(addresses.odoo) },
    known: (product, ward) =>
      eventually(
        () => {
          expect(subscriber.seen('ProductChanged', { productCode: product.code }), product.code).not.toEqual([]);
          expect(subscriber.seen('LocationChanged', { locationCode: ward.code }), ward.code).not.toEqual([]);
        },
        { timeoutMs: 30_000 },
      ),
    receipt: (record, outcome, timeoutMs = 30_000) =>
      eventually(
        async () => {
          const receipt = await services.receipt(record.eventId);
          expect(receipt).toMatchObject({ outcome });
          return receipt;
        },
        { timeoutMs },
      ),
    posted: (record, timeoutMs = 30_000) =>
      eventually(
        async () => {
          const movements = await services.movements(record.eventId);
          expect(movements).toMatchObject([{ posting: { state: 'POSTED' } }]);
          return movements[0]!;
        },
        { timeoutMs },
      ),
    close: async () => void (await Promise.allSettled([upstream.close(), subscriber.close()])),
  };
}
