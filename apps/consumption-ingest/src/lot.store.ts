import { Injectable } from '@nestjs/common';
import type { LotChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Lot } from './master-data.js';

const lotColumns = `product_code AS "productCode", lot_number AS number, expiry_date AS "expiryDate", active, location_code AS "locationCode"`;

/** Which lots and serials to look up. */
export interface LotQuery {
  readonly productCodes: readonly string[];
  readonly numbers: readonly string[];
  /** Locks the rows until the end of the transaction: one piece cannot be taken by two records at once. */
  readonly lock: boolean;
}

/** Keeps lots and serials as Odoo has them, and where each piece is. */
@Injectable()
export class LotStore {
  /** The lots of these products that carry one of these numbers. */
  async find(tx: Transaction, { productCodes, numbers, lock }: LotQuery): Promise<Lot[]> {
    if (productCodes.length === 0 || numbers.length === 0) return [];
    return tx.query<Lot>(
      `SELECT ${lotColumns} FROM lot WHERE product_code = ANY($1) AND lot_number = ANY($2)
       ORDER BY product_code, lot_number ${lock ? 'FOR UPDATE' : ''}`,
      [productCodes, numbers],
    );
  }

  /**
   * Takes Odoo's word on a lot; false when a newer one is known. Where a piece is changes only when Odoo names another
   * place than it did before, and later than our own newest record of the piece: until Odoo has booked that record, it goes
   * on naming the old place.
   */
  async save(tx: Transaction, lot: LotChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO lot AS known (product_code, lot_number, expiry_date, odoo_location_code, active, recorded_at, location_code, located_at)
       VALUES ($1, $2, $3, $4, $5, $6, $4, $6)
       ON CONFLICT (product_code, lot_number) DO UPDATE SET expiry_date = excluded.expiry_date, active = excluded.active,
         recorded_at = excluded.recorded_at, odoo_location_code = excluded.odoo_location_code,
         location_code = CASE WHEN ${newsOfThePlace} THEN excluded.location_code ELSE known.location_code END,
         located_at = CASE WHEN ${newsOfThePlace} THEN excluded.located_at ELSE known.located_at END
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [lot.productCode, lot.lotNumber, lot.expiryDate, lot.locationCode, lot.active, lot.recordedAt],
    );
    return rows.length > 0;
  }

  /** Moves a piece by an accepted record; `locationCode` null when it leaves the stock. */
  async movePiece(
    tx: Transaction,
    piece: { productCode: string; serialNumber: string; locationCode: string | null; at: Date },
  ): Promise<void> {
    await tx.query(
      `UPDATE lot SET location_code = $3, located_at = greatest(located_at, $4) WHERE product_code = $1 AND lot_number = $2`,
      [piece.productCode, piece.serialNumber, piece.locationCode, piece.at],
    );
  }
}

const newsOfThePlace = `known.odoo_location_code IS DISTINCT FROM excluded.odoo_location_code AND known.located_at <= excluded.located_at`;
