import { randomUUID } from 'node:crypto';
import { eventually } from '@wardline/testing';
import { expect, it } from 'vitest';
import type { Ward } from './hospital.ts';
import { openStory } from './story.ts';

/** A stock operation as a scanner's system sends it; what is left out is nothing. */
function handled(operation: string, product: string, location: string, quantity: string) {
  const eventId = randomUUID();
  return {
    ...{ eventId, correlationId: eventId, occurredAt: Date.now() - 60_000, source: 'scanner-3', operation },
    product: { scheme: 'INTERNAL', value: product, supplierCode: null },
    location: { scheme: 'CODE', value: location },
    ...{ quantity, unit: 'EA', reason: 'box is wet' },
  };
}

it('what is received, quarantined and released on a new ward is so in Odoo, where nobody has made a place of quarantine', async () => {
  const story = await openStory();
  const { hospital, upstream, services, subscriber } = story;
  try {
    const [ward, product] = [await hospital.ward(), await hospital.product()];
    await story.known(product, ward);
    const operations = [
      handled('RECEIVED', product.code, ward.code, '10'),
      handled('QUARANTINED', product.code, ward.code, '4'),
      handled('RELEASED', product.code, ward.code, '3'),
    ];
    for (const operation of operations) {
      const key = `${ward.code}/${product.code}`;
      await upstream.sendRecord('warehouse.scan', 'org.wardline.warehouse.StockOperationRecorded', key, operation);
    }
    for (const { eventId } of operations) {
      await eventually(
        async () => expect(await services.movements(eventId)).toMatchObject([{ posting: { state: 'POSTED' } }]),
        { timeoutMs: 30_000 },
      );
    }
    const code = `${ward.code}/Quarantine`;
    await eventually(() => expect(subscriber.seen('LocationChanged', { locationCode: code })).toHaveLength(1), {
      timeoutMs: 30_000,
    });
    const [told] = subscriber.seen('LocationChanged', { locationCode: code });
    const quarantine: Ward = { id: Number(told!.data['odooId']), code };
    expect([await hospital.onHand(product, ward), await hospital.onHand(product, quarantine)]).toEqual([9, 1]);
    expect(await services.balance(product.code, code)).toBe(1);
    expect(await services.parked('odoo-adapter', { key: `${ward.code}/${product.code}` })).toEqual([]);
  } finally {
    await story.close();
  }
}, 120_000);
