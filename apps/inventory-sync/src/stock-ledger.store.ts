import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { balanceChanges, unitDiffers, type BalanceChange } from './balance.js';
import type { BookedMovement, Movement, Original } from './movement.js';

interface MovementRow {
  readonly event_id: EventId;
  readonly source_event_id: EventId;
  readonly movement_type: Movement['movementType'];
  readonly product_code: string;
  readonly from_location: string;
  readonly to_location: string;
  readonly lot_number: string;
  readonly serial_number: string;
  readonly expiry_date: Movement['expiryDate'];
  readonly quantity: string;
  readonly unit: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly actor: string;
  readonly interface: string;
  readonly reason: string | null;
  readonly reverses: EventId | null;
  readonly transfer_reference: string | null;
  readonly document_reference: string | null;
  readonly correlation_id: EventId;
  readonly causation_id: EventId;
}

const findOriginals = `
SELECT m.*, r.event_id AS reversed_by
FROM stock_movement m LEFT JOIN stock_movement r ON r.reverses = m.event_id
WHERE m.source_event_id = ANY ($1::uuid[]) AND m.interface = $2
ORDER BY m.position`;

const columns = `event_id, source_event_id, movement_type, product_code, from_location, to_location, lot_number,
  serial_number, expiry_date, quantity, unit, occurred_at, recorded_at, actor, interface, reason, reverses,
  transfer_reference, document_reference, correlation_id, causation_id`;

const insertMovements = `
INSERT INTO stock_movement (${columns})
SELECT ${columns} FROM jsonb_populate_recordset(NULL::stock_movement, $1)
ON CONFLICT (event_id) DO NOTHING
RETURNING event_id, position`;

const changeBalances = `
INSERT INTO stock_balance AS b (location, product_code, lot_number, serial_number, quantity, unit)
SELECT location, product_code, lot_number, serial_number, quantity, unit
FROM jsonb_populate_recordset(NULL::stock_balance, $1)
ORDER BY location, product_code, lot_number, serial_number
ON CONFLICT (location, product_code, lot_number, serial_number)
DO UPDATE SET quantity = b.quantity + excluded.quantity WHERE b.unit = excluded.unit
RETURNING 1`;

const findOtherUnit = `
SELECT b.product_code, b.location, b.unit AS kept, c.unit AS given
FROM jsonb_populate_recordset(NULL::stock_balance, $1) c
JOIN stock_balance b USING (location, product_code, lot_number, serial_number)
WHERE b.unit <> c.unit LIMIT 1`;

const openOnce = `
INSERT INTO opening_balance (location, product_code, lot_number, serial_number, event_id)
SELECT location, product_code, lot_number, serial_number, event_id
FROM jsonb_populate_recordset(NULL::opening_balance, $1)
ORDER BY location, product_code, lot_number, serial_number
ON CONFLICT (location, product_code, lot_number, serial_number) DO NOTHING
RETURNING event_id`;

/** A balance that Odoo reported, by what it is the balance of. */
export interface OpenedBalance {
  readonly location: string;
  readonly productCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly eventId: EventId;
}

/** The stock ledger's tables: movements are only ever added, and every balance changes in the same statement run. */
export class StockLedger {
  /**
   * The movements of records that came through an interface, in the ledger's order, with what has undone them; records
   * that are not booked are left out.
   */
  async originals(
    tx: Transaction,
    recordEventIds: readonly EventId[],
    through: 'clinical.consumption' | 'warehouse.scan' = 'clinical.consumption',
  ): Promise<Original[]> {
    if (recordEventIds.length === 0) return [];
    const rows = await tx.query<MovementRow & { reversed_by: EventId | null }>(findOriginals, [
      recordEventIds,
      through,
    ]);
    return rows.map((row) => ({ movement: movementOf(row), reversedBy: row.reversed_by }));
  }

  /**
   * Books movements in their order and answers those that were not in the ledger before; a movement whose eventId is
   * there already changes nothing. Throws `Reject` UNIT_DIFFERS when a balance is kept in another unit.
   */
  async append(tx: Transaction, movements: readonly Movement[]): Promise<BookedMovement[]> {
    if (movements.length === 0) return [];
    const inserted = await tx.query<{ event_id: EventId; position: string }>(insertMovements, [
      JSON.stringify(movements.map(movementRow)),
    ]);
    const positions = new Map(inserted.map((row) => [row.event_id, BigInt(row.position)]));
    const booked = movements.flatMap((movement) => takePosition(positions, movement));
    await this.#change(tx, balanceChanges(booked));
    return booked;
  }

  /** Marks balances as opened; answers the reports that were the first of their balance. */
  async openOnce(tx: Transaction, balances: readonly OpenedBalance[]): Promise<Set<EventId>> {
    const rows = await tx.query<{ event_id: EventId }>(openOnce, [JSON.stringify(balances.map(openedRow))]);
    return new Set(rows.map((row) => row.event_id));
  }

  /**
   * The upsert locks the balances in sorted order, so writers of overlapping batches wait for each other and never deadlock.
   * It passes over a balance that is kept in another unit.
   */
  async #change(tx: Transaction, changes: readonly BalanceChange[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = JSON.stringify(changes.map(balanceRow));
    const changed = await tx.query(changeBalances, [rows]);
    if (changed.length < changes.length) await refuseOtherUnit(tx, rows);
  }
}

async function refuseOtherUnit(tx: Transaction, changes: string): Promise<never> {
  const [other] = await tx.query<{ product_code: string; location: string; kept: string; given: string }>(
    findOtherUnit,
    [changes],
  );
  if (other === undefined) throw new Error('a balance was passed over though its unit is that of the movement');
  throw unitDiffers(other.product_code, other.location, other.kept, other.given);
}

/** A repeat within one run finds its position taken. */
function takePosition(positions: Map<EventId, bigint>, movement: Movement): BookedMovement[] {
  const position = positions.get(movement.eventId);
  positions.delete(movement.eventId);
  return position === undefined ? [] : [{ ...movement, position }];
}

function movementRow(movement: Movement): MovementRow {
  return {
    event_id: movement.eventId,
    source_event_id: movement.sourceEventId,
    movement_type: movement.movementType,
    product_code: movement.productCode,
    from_location: movement.fromLocation,
    to_location: movement.toLocation,
    lot_number: movement.lotNumber ?? '',
    serial_number: movement.serialNumber ?? '',
    expiry_date: movement.expiryDate,
    quantity: movement.quantity.toFixed(),
    unit: movement.unit,
    occurred_at: movement.occurredAt,
    recorded_at: movement.recordedAt,
    actor: movement.actor,
    interface: movement.interface,
    reason: movement.reason,
    reverses: movement.reverses,
    transfer_reference: movement.transferReference,
    document_reference: movement.documentReference,
    correlation_id: movement.correlationId,
    causation_id: movement.causationId,
  };
}

function movementOf(row: MovementRow): Movement {
  return {
    eventId: row.event_id,
    sourceEventId: row.source_event_id,
    movementType: row.movement_type,
    productCode: row.product_code,
    fromLocation: row.from_location,
    toLocation: row.to_location,
    lotNumber: row.lot_number || null,
    serialNumber: row.serial_number || null,
    expiryDate: row.expiry_date,
    quantity: new Decimal(row.quantity),
    unit: row.unit,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    interface: row.interface,
    reason: row.reason,
    reverses: row.reverses,
    transferReference: row.transfer_reference,
    documentReference: row.document_reference,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
  };
}

function balanceRow(change: BalanceChange): Record<string, string> {
  const { location, productCode, lotNumber, serialNumber, quantity, unit } = change;
  return {
    ...{ location, unit, quantity: quantity.toFixed() },
    ...{ product_code: productCode, lot_number: lotNumber, serial_number: serialNumber },
  };
}

function openedRow({ location, productCode, lotNumber, serialNumber, eventId }: OpenedBalance): Record<string, string> {
  return {
    ...{ location, product_code: productCode, event_id: eventId },
    ...{ lot_number: lotNumber ?? '', serial_number: serialNumber ?? '' },
  };
}
