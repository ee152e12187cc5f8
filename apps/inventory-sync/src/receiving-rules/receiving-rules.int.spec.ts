import { NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { localDate } from '@wardline/event-contracts';
import type { BusinessEvent } from '@wardline/event-handling';
import { Outbox, Parking } from '@wardline/outbox';
import { ServiceModule, ServiceStatus } from '@wardline/service-defaults';
import { jsonCodec, silentLog, testMorning } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { product, recorded, StockDesk, undoing, type Told } from '../../test/stock-desk.js';
import { Deliveries } from '../show-stock-operations/delivery.store.js';
import { ReceivingRuleStore } from './receiving-rule.store.js';
import { ReceivingRulesController } from './receiving-rules.controller.js';
import { ReceivingRulesModule } from './receiving-rules.module.js';

let desk: StockDesk;
let rules: ReceivingRulesController;
beforeAll(async () => {
  desk = await StockDesk.open();
  rules = new ReceivingRulesController(new ReceivingRuleStore(desk.database), { now: () => testMorning });
  await desk.deliver(drug('INSULIN', 'All / Drugs / Cold'), drug('ASPIRIN', 'All / Drugs'));
});
afterEach(async () => {
  await desk.reset();
  await desk.database.query('TRUNCATE receiving_rule');
});
afterAll(() => desk.database.close());

function drug(code: string, category: string): BusinessEvent {
  const told = product(code, 'LOT');
  return { ...told, data: { ...told.data, category } };
}

const who = { by: 'p.berg', reason: 'cold chain, SOP 12' };
const came = (of: string, told: Told = {}) =>
  recorded({ product: of, lotNumber: `L-${of}`, expiryDate: localDate('2027-03-31'), ...told });

it('a rule holds for the next receipt of its product, or of its class, until it is taken back, and every change is kept', async () => {
  expect(await desk.take(came('INSULIN'))).toEqual(['Accepted RECEIVED']);
  await rules.put('class', 'All / Drugs', { ...who, temperatureLog: true });
  expect(await desk.take(came('INSULIN'), came('ASPIRIN'), came('SUTURE'))).toEqual([
    ...['Refused TEMPERATURE_LOG_MISSING', 'Refused TEMPERATURE_LOG_MISSING', 'Accepted RECEIVED'],
  ]);
  expect(await desk.take(came('INSULIN', { temperatureLogReference: 'LOG-1' }))).toEqual(['Accepted RECEIVED']);
  await rules.put('PRODUCT', 'INSULIN', {
    by: 'a.holm',
    reason: 'supplier sends no logger',
    minimumRemainingLifeDays: 90,
  });
  expect(
    await desk.take(came('INSULIN'), came('INSULIN', { lotNumber: 'L9', expiryDate: localDate('2026-12-24') })),
  ).toEqual(['Accepted RECEIVED', 'Refused REMAINING_LIFE_TOO_SHORT']);
  await rules.remove('product', 'INSULIN', { by: 'p.berg', reason: 'was a mistake' });
  expect(await desk.take(came('INSULIN'))).toEqual(['Refused TEMPERATURE_LOG_MISSING']);

  expect(await rules.all()).toMatchObject([{ scope: 'CLASS', subject: 'All / Drugs', changedBy: 'p.berg' }]);
  const { rule, history } = await rules.show('PRODUCT', 'INSULIN');
  expect(rule).toBeNull();
  expect(history).toMatchObject([
    { requirements: null, changedBy: 'p.berg', reason: 'was a mistake', changedAt: testMorning },
    { requirements: { minimumRemainingLifeDays: 90, temperatureLog: false }, changedBy: 'a.holm' },
  ]);
  await expect(rules.remove('PRODUCT', 'INSULIN', who)).rejects.toThrow(NotFoundException);
  await expect(rules.show('PRODUCT', 'PUMP')).rejects.toThrow('No receiving rule holds for the product "PUMP".');
  await expect(rules.put('PRODUCT', 'PUMP', { temperatureLog: true, by: 'p.berg' })).rejects.toThrow('reason');
});

it('a rule is set over HTTP, a class with the slashes of its name, as the description of the interface says', async () => {
  const clock = { now: () => testMorning };
  const outbox = new Outbox(jsonCodec, clock, 'inventory-sync');
  const [status, parking] = [
    new ServiceStatus('inventory-sync', desk.database),
    new Parking('inventory-sync', outbox, clock),
  ];
  const platform = {
    ...{ database: desk.database, outbox, parking, clock, log: silentLog, metrics: new Registry(), status },
  };
  const app = await NestFactory.create(ServiceModule.of(platform, ReceivingRulesModule), { logger: false });
  try {
    await app.listen(0, '127.0.0.1');
    const address = await app.getUrl();
    const path = `${address}/receiving-rules/class/${encodeURIComponent('All / Drugs')}`;
    const headers = { 'content-type': 'application/json' };
    const put = (body: object): Promise<Response> =>
      fetch(path, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect(await (await put({ ...who, secondPerson: true })).json()).toMatchObject({
      ...{ scope: 'CLASS', subject: 'All / Drugs', changedBy: 'p.berg', reason: 'cold chain, SOP 12' },
      requirements: { secondPerson: true, lot: false, minimumRemainingLifeDays: null, overReceiptPercent: 0 },
    });
    expect((await put({ ...who, colour: 'blue' })).status).toBe(400);
    expect(await desk.take(came('INSULIN'))).toEqual(['Held SECOND_PERSON_MISSING']);
    expect(await desk.parked()).toMatchObject([{ class: 'AUTHORISATION', owner: 'approver' }]);
    expect((await fetch(`${path}?by=p.berg&reason=done`, { method: 'DELETE' })).status).toBe(200);
    expect(await (await fetch(`${address}/receiving-rules`)).json()).toEqual([]);
    const { paths } = (await (await fetch(`${address}/openapi.json`)).json()) as { paths: Record<string, object> };
    expect(Object.keys(paths['/receiving-rules/{scope}/{subject}'] ?? {})).toEqual(['get', 'put', 'delete']);
  } finally {
    await app.close();
  }
});

it('a role lets goods in past a rule, which the acceptance says', async () => {
  await rules.put('PRODUCT', 'SUTURE', { ...who, minimumRemainingLifeDays: 300 });
  expect(await desk.take(came('SUTURE', { reason: 'override:pharmacist needed today' }))).toEqual([
    'Accepted RECEIVED REMAINING_LIFE_TOO_SHORT OVERRIDDEN',
  ]);
});

it('what comes damaged stands in quarantine with its reason, and goes from there when it is undone', async () => {
  const crushed = recorded({
    condition: 'DAMAGED',
    reason: 'box crushed',
    quantity: 2,
    temperatureLogReference: 'LOG-1',
  });
  expect(await desk.take(crushed)).toEqual(['Accepted RECEIVED DAMAGED']);
  expect(await desk.balances()).toEqual({ 'DOCK/Quarantine GLOVE-M': '2', 'Vendors GLOVE-M': '-2' });
  const [moved] = await desk.published('inventory.stock');
  expect(moved).toMatchObject({ key: 'DOCK/GLOVE-M', data: { movementType: 'RECEIPT', reason: 'box crushed' } });
  const [accepted] = await desk.published('warehouse.scan-receipt');
  expect(accepted?.data).toMatchObject({
    condition: 'DAMAGED',
    temperatureLogReference: 'LOG-1',
    expectedQuantity: null,
  });
  await desk.take(undoing(crushed));
  expect(await desk.balances()).toEqual({});
});

it('of a document no more comes in than it announces, in whatever parts and lots, and what was undone may come again', async () => {
  const ordered = { documentReference: 'PO00042', product: 'SUTURE', expected: 12, lotNumber: 'L1' };
  const first = recorded({ ...ordered, quantity: 8 });
  expect(await desk.take(first, recorded({ ...ordered, lotNumber: 'L2', quantity: 5 }))).toEqual([
    'Accepted RECEIVED SHORT_RECEIPT',
    'Held OVER_RECEIPT',
  ]);
  expect(await desk.parked()).toMatchObject([{ code: 'OVER_RECEIPT', class: 'BUSINESS', owner: 'stores', awaits: [] }]);
  expect(await new Deliveries(desk.database).under('PO00042')).toMatchObject([
    { productCode: 'SUTURE', expectedQuantity: '12.000000', receivedQuantity: '8.000000', shortQuantity: '4.000000' },
  ]);
  const elsewhere = { ...ordered, at: 'STORE', quantity: 2 };
  expect(await desk.take(undoing(first))).toEqual(['Held WAITS_BEHIND']);
  expect(await desk.take(recorded({ ...elsewhere, unit: 'Pack of 6', expected: 2, quantity: 1 }))).toEqual([
    'Held OVER_RECEIPT',
  ]);
  expect(await desk.take(recorded({ ...elsewhere, at: 'SOUTH-ER', quantity: 4 }))).toEqual(['Accepted RECEIVED']);
});

it('an undone receipt no longer counts for its document, also within one batch', async () => {
  const ordered = { documentReference: 'PO00043', expected: 10 };
  const first = recorded(ordered);
  expect(await desk.take(first, undoing(first), recorded(ordered))).toEqual([
    ...['Accepted RECEIVED', 'Accepted REVERSED', 'Accepted RECEIVED'],
  ]);
  const none = recorded({ documentReference: 'PO00043', product: 'SUTURE', lotNumber: 'L1', expected: 0 });
  expect(await desk.take(none)).toEqual(['Held WRONG_ITEM']);
});

it('what only a receipt can say is refused with anything else, and an expectation needs its document', async () => {
  expect(
    await desk.take(
      recorded({ operation: 'COUNTED', condition: 'DAMAGED' }),
      recorded({ expected: 5 }),
      recorded({ expected: -1, documentReference: 'PO1' }),
      recorded({ condition: 'UNKNOWN' }),
    ),
  ).toEqual([
    ...['Refused RECEIPT_DETAIL_UNEXPECTED', 'Refused DOCUMENT_REFERENCE_MISSING'],
    ...['Refused EXPECTED_QUANTITY_INVALID', 'Refused CONDITION_UNKNOWN'],
  ]);
});
