import { Decimal, type EventId } from '@wardline/event-contracts';
import { expect, it } from 'vitest';
import { recordedScan } from './scan-events.js';
import { readScan, type ScanReading } from './scan-reading.js';
import { readForm, type Scan } from './scan.js';

function recorded(told: object): object {
  const scan = readForm({
    ...{ scanId: 'S-1', source: 'scanner-3', action: 'RECEIVED', symbols: ['(01)09521101530001(10)L1'] },
    ...{ location: 'DOCK', scannedAt: '2026-11-21T09:15:30+01:00', count: 2, ...told },
  }) as Scan;
  const ids = { eventId: '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01' as EventId, reverses: null, family: scan.action };
  return recordedScan(scan, readScan(scan) as ScanReading, ids, null).data;
}

it('a receipt tells what its document announces, in what condition the goods came, and where their temperature is recorded', () => {
  const told = { documentReference: 'DESADV-7', expectedCount: '2.5', condition: 'DAMAGED', temperatureLog: 'LOG-1' };
  expect(recorded({ ...told, reason: 'box crushed' })).toMatchObject({
    ...{ operation: 'RECEIVED', quantity: new Decimal(2), expectedQuantity: new Decimal('2.5') },
    ...{ condition: 'DAMAGED', temperatureLogReference: 'LOG-1', documentReference: 'DESADV-7' },
  });
  expect(recorded({ expectedCount: 0 })).toMatchObject({ expectedQuantity: new Decimal(0) });
  expect(recorded({})).toMatchObject({ expectedQuantity: null, condition: null, temperatureLogReference: null });
});
