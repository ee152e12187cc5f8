import { Decimal, OdooStockMoveReported, Topic, type EventId, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import { checkpointFor, type Checkpoint } from './checkpoint.js';

/** A line that the old interface did, as it is told when no movement of ours is the same fact; JSON. */
export interface OldReport {
  readonly key: string;
  readonly moveLineId: string;
  readonly reference: string;
  readonly userId: string | null;
  readonly reason: string | null;
  readonly productCode: string;
  readonly unit: string;
  readonly fromLocation: string;
  readonly fromUsage: string;
  readonly toLocation: string;
  readonly toUsage: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly occurredAt: string;
}

/** A line that is held back for the movement that it may be. */
export interface OldPosting {
  readonly lineId: number;
  readonly checkpointId: EventId;
  readonly report: OldReport;
  readonly movedAt: Date;
}

/** How the reason of a line begins that the ledger books without a record of ours, and of one that it takes back for its record. */
export const oldReason = { alone: 'old interface, no record of ours', back: 'old interface, its record came' } as const;

/**
 * The line that an event tells of, when it is one of the old interface and may be a movement that is withheld; null when
 * it is to be told as it is. Whether its checkpoint is live by now does not matter: then no movement will come for it.
 */
export function oldPosting(
  event: BusinessEvent,
  checkpoints: readonly Checkpoint[],
  pathOf: (code: string) => string | undefined,
  now: Date,
): OldPosting | null {
  const data = event.data as unknown as OdooStockMoveReported;
  const mayBe = checkpoints.filter(
    ({ oldUserIds, switches }) =>
      oldUserIds.includes(Number(data.userId)) && switches.some(({ at, mode }) => mode === 'SHADOW' && at <= now),
  );
  const asTheirs = mayBe.map((each) => ({ ...each, flow: each.oldFlow }));
  const checkpoint = checkpointFor(data, asTheirs, pathOf);
  if (checkpoint === null) return null;
  const { moveLineId, userId, quantity, occurredAt, ...rest } = data;
  const { reference, reason, productCode, unit, lotNumber, serialNumber, expiryDate } = rest;
  const { fromLocation, fromUsage, toLocation, toUsage } = rest;
  const what = { reference, reason, productCode, unit, lotNumber, serialNumber, expiryDate };
  const report: OldReport = {
    ...{ ...what, key: event.key, fromLocation, fromUsage, toLocation, toUsage },
    ...{ moveLineId: String(moveLineId), userId: userId === null ? null : String(userId) },
    ...{ quantity: quantity.toFixed(), occurredAt: occurredAt.toISOString() },
  };
  return { lineId: Number(moveLineId), checkpointId: checkpoint.checkpointId, report, movedAt: occurredAt };
}

/** Tells the ledger of a line: that it is there and no record of ours says why, or that its record has come after all. */
export function oldReportEvent(report: OldReport, why: keyof typeof oldReason, at: Date): BusinessEvent {
  const { key, moveLineId, userId, reason, quantity, occurredAt, expiryDate, ...what } = report;
  const { fromLocation, fromUsage, toLocation, toUsage } = what;
  const back = { fromLocation: toLocation, fromUsage: toUsage, toLocation: fromLocation, toUsage: fromUsage };
  return businessEvent(Topic.ErpChange, key, OdooStockMoveReported, {
    ...{ ...what, ...(why === 'back' ? back : {}), moveLineId: BigInt(moveLineId), revision: 0 },
    ...{ userId: userId === null ? null : BigInt(userId), quantity: new Decimal(quantity) },
    expiryDate: expiryDate as LocalDate | null,
    occurredAt: why === 'back' ? at : new Date(occurredAt),
    reason: reason === null ? oldReason[why] : `${oldReason[why]}: ${reason}`,
  });
}
