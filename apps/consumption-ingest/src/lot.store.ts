import { Injectable } from '@nestjs/common';
import type { LotChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Lot } from './master-data.js';

/** The columns of a {@link Lot}. */
export const lotColumns = `product_code AS "productCode", lot_number AS number, expiry_date AS "expiryDate", active, location_code AS "locationCode"`;

/** A lot or serial by its name. */
export interface LotName {
  readonly productCode: string;
  readonly number: string;
}

/** Where an accepted record brings a piece; `locationCode` null when it leaves the stock. */
export interface PieceMove {
  readonly productCode: string;
  readonly serialNumber: string;
  readonly locationCode: string | null;
  readonly at: Date;
}

/** Keeps lots and serials as Odoo has them, and where each piece is. */
@Injectable()
export class LotStore {
  /** Those of these lots and serials that are known, locked until the end of the transaction: no two records take one piece at once. */
  async lock(tx: Transaction, names: readonly LotName[]): Promise<Lot[]> {
    return tx.query<Lot>(
      `SELECT ${lotColumns} FROM lot
         JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS asked (product_code, lot_number)) AS asked
        USING (product_code, lot_number) ORDER BY product_code, lot_number FOR UPDATE OF lot`,
      [names.map(({ productCode }) => productCode), names.map(({ number }) => number)],
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

  /** Moves pieces by accepted records. */
  movePieces(tx: Transaction, moves: readonly PieceMove[]): void {
    if (moves.length === 0) return;
    tx.write(
      `UPDATE lot SET location_code = move.location_code, located_at = greatest(located_at, move.at)
         FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS move (product_code, lot_number, location_code, at)
        WHERE lot.product_code = move.product_code AND lot.lot_number = move.lot_number`,
      [
        moves.map(({ productCode }) => productCode),
        moves.map(({ serialNumber }) => serialNumber),
        moves.map(({ locationCode }) => locationCode),
        moves.map(({ at }) => at),
      ],
    );
  }
}

const newsOfThePlace = `known.odoo_location_code IS DISTINCT FROM excluded.odoo_location_code AND known.located_at <= excluded.located_at`;
