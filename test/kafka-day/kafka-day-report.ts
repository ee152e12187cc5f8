import type { ConsumptionRecorded } from '@wardline/event-contracts';
import { compareWithOdoo, type StockDifference } from '../../deploy/local/demo/compare-with-odoo.ts';
import type { KafkaRecord } from './kafka-record.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import { getJson, parkedByService } from '../../deploy/local/demo/service-http.ts';

/** How a day over Kafka ended, by what the services and Odoo say. */
export interface KafkaDayReport {
  readonly sent: number;
  readonly repeats: number;
  readonly unreadable: number;
  readonly accepted: number;
  /** Still held, by code. */
  readonly held: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  /** Records of which no service knows anything. */
  readonly missing: number;
  /** Records whose end is not the expected one, in words. */
  readonly surprises: readonly string[];
  readonly movements: number;
  readonly posted: number;
  readonly postingsRefused: number;
  readonly postingsPending: number;
  readonly ledgerConsistent: boolean;
  /** Unsettled parked messages by service. */
  readonly parked: Readonly<Record<string, number>>;
  readonly differences: readonly StockDifference[];
}

interface Receipt {
  readonly outcome: 'accepted' | 'refused' | 'held';
  readonly code?: string;
}

/** Where to ask. */
export interface ReportSources {
  readonly odoo: OdooAddress;
  readonly services: Readonly<Record<string, string>>;
}

/** Asks the services what became of each record, and Odoo whether it agrees. */
export async function kafkaDayReport(day: readonly KafkaRecord[], sources: ReportSources): Promise<KafkaDayReport> {
  const records = day.filter(isRecord);
  const receipts = await receiptsOf(records, sources.services['consumption-ingest']!);
  const inventory = sources.services['inventory-sync']!;
  const check = await getJson<LedgerCheck>(`${inventory}/ledger/check`);
  const ends = records.map((record) => ({ record, receipt: receipts.get(record.content.eventId) }));
  return {
    sent: day.length,
    repeats: day.filter(({ expect }) => expect.outcome === 'repeat').length,
    unreadable: day.filter(({ expect }) => expect.outcome === 'unreadable').length,
    accepted: ends.filter(({ receipt }) => receipt?.outcome === 'accepted').length,
    held: countByCode(ends, 'held'),
    refused: countByCode(ends, 'refused'),
    missing: ends.filter(({ receipt }) => receipt === undefined).length,
    surprises: ends.flatMap(({ record, receipt }) => surprise(record, receipt)),
    movements: check.movements,
    posted: check.postings.posted,
    postingsRefused: check.postings.refused,
    postingsPending: check.postings.pending,
    ledgerConsistent: check.consistent,
    parked: await parkedByService(sources.services),
    differences: await compareWithOdoo(sources.odoo, inventory),
  };
}

interface LedgerCheck {
  readonly consistent: boolean;
  readonly movements: number;
  readonly postings: { readonly posted: number; readonly refused: number; readonly pending: number };
}

type SentRecord = KafkaRecord & { readonly content: ConsumptionRecorded };

/** The records of the day, each once: repeats have no end of their own. */
function isRecord(record: KafkaRecord): record is SentRecord {
  return record.expect.outcome !== 'repeat' && record.expect.outcome !== 'unreadable';
}

async function receiptsOf(records: readonly SentRecord[], ingest: string): Promise<Map<string, Receipt>> {
  const receipts = new Map<string, Receipt>();
  const ask = async ({ content: { eventId } }: SentRecord): Promise<void> => {
    const response = await fetch(`${ingest}/receipts/${eventId}`);
    if (response.ok) receipts.set(eventId, (await response.json()) as Receipt);
    else if (response.status !== 404)
      throw new Error(`${ingest} answered ${response.status} for the receipt of ${eventId}`);
  };
  for (let from = 0; from < records.length; from += 20) await Promise.all(records.slice(from, from + 20).map(ask));
  return receipts;
}

function countByCode(
  ends: readonly { receipt: Receipt | undefined }[],
  outcome: Receipt['outcome'],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { receipt } of ends) {
    if (receipt?.outcome === outcome && receipt.code !== undefined)
      counts[receipt.code] = (counts[receipt.code] ?? 0) + 1;
  }
  return counts;
}

function surprise({ expect, content, key }: SentRecord, receipt: Receipt | undefined): string[] {
  const expected =
    expect.outcome === 'refused'
      ? `refused ${expect.code}`
      : expect.outcome === 'held' && expect.settled
        ? 'accepted'
        : expect.outcome;
  const actual =
    receipt === undefined ? 'nothing' : receipt.outcome === 'refused' ? `refused ${receipt.code}` : receipt.outcome;
  return expected === actual ? [] : [`${content.eventId} (${content.kind} ${key}): expected ${expected}, is ${actual}`];
}

/** The report as a short table for a person. */
export function reportLines(report: KafkaDayReport): string[] {
  const rows = reportRows(report);
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const surprises = report.surprises.slice(0, 5).map((line) => `  unexpected: ${line}`);
  const differences = report.differences.slice(0, 5).map(differenceLine);
  const table = rows.map(([label, count]) => `  ${label.padEnd(width)}${String(count).padStart(6)}`);
  return [...table, ...surprises, ...differences];
}

type Row = readonly [label: string, count: number];

function reportRows(report: KafkaDayReport): Row[] {
  return [
    ['Records sent', report.sent],
    ['  of them sent twice', report.repeats],
    ['  of them unreadable', report.unreadable],
    ['Accepted', report.accepted],
    ...totalAndParts('Held for an owner', report.held),
    ...totalAndParts('Refused', report.refused),
    ['Movements in the ledger, opening balances included', report.movements],
    ['Posted in Odoo', report.posted],
    ['Postings refused', report.postingsRefused],
    ...totalAndParts('Parked messages', report.parked),
    ['Ledger against Odoo, differences', report.differences.length],
  ];
}

function totalAndParts(label: string, parts: Readonly<Record<string, number>>): Row[] {
  const present = Object.entries(parts).filter(([, count]) => count > 0);
  const total = present.reduce((sum, [, count]) => sum + count, 0);
  return [[label, total], ...present.sort().map(([part, count]): Row => [`    ${part}`, count])];
}

function differenceLine({ location, product, lot, ledger, odoo }: StockDifference): string {
  return `  differs: ${location} ${product} ${lot}: ledger ${ledger}, Odoo ${odoo}`;
}
