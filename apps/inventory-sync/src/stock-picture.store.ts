import { Injectable } from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { StockPicture, type OnHandThen, type Piece, type Received } from './stock-picture.js';

/** What a picture is to show. */
export interface Sought {
  readonly pieces: readonly Piece[];
  /** The places of pieces without lot and serial; those with one are shown wherever they are. */
  readonly places: readonly string[];
  readonly transferReferences: readonly string[];
  /** Documents under which goods come, with how much of each product is announced. */
  readonly documents: readonly string[];
  /** Balances as of a business time. */
  readonly then: readonly Omit<OnHandThen, 'quantity'>[];
}

interface PieceRow {
  product_code: string;
  lot_number: string;
  serial_number: string;
  quantity: string;
}

type ReceivedRow = Omit<Received, 'quantity'> & { readonly quantity: string };

const lockProducts = `
SELECT pg_advisory_xact_lock(hashtextextended('stock-operation:' || code, 0))
FROM (SELECT DISTINCT code FROM unnest($1::text[]) AS asked (code) ORDER BY code) AS sorted`;

const findOnHand = `
SELECT location, product_code, lot_number, serial_number, quantity
FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (product_code, lot_number, serial_number)) AS asked
JOIN stock_balance USING (product_code, lot_number, serial_number)
WHERE lot_number <> '' OR serial_number <> '' OR location = ANY ($4::text[])`;

const findOnTheWay = `
SELECT transfer_reference, product_code, lot_number, serial_number, quantity
FROM stock_on_the_way WHERE transfer_reference = ANY ($1::text[])`;

const findReceived = `
SELECT document_reference AS "documentReference", product_code AS "productCode", sum(quantity) AS quantity FROM stock_operation
WHERE operation = 'RECEIVED' AND outcome = 'accepted' AND reversed_by IS NULL
  AND document_reference = ANY ($1::text[]) AND product_code = ANY ($2::text[])
GROUP BY document_reference, product_code`;

// What is there now without what happened later: that was recorded later too, give or take a clock that is a day ahead.
const findThen = `
SELECT asked.location, asked.product_code, asked.lot_number, asked.serial_number, asked.at,
  coalesce(b.quantity, 0) - coalesce(later.quantity, 0) AS quantity
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
  AS asked (location, product_code, lot_number, serial_number, at)
LEFT JOIN stock_balance b USING (location, product_code, lot_number, serial_number)
LEFT JOIN LATERAL (
  SELECT sum(CASE WHEN m.to_location = asked.location THEN m.quantity ELSE -m.quantity END) AS quantity
  FROM stock_movement m LEFT JOIN stock_movement undone ON undone.event_id = m.reverses
  WHERE m.recorded_at >= asked.at - interval '1 day' AND coalesce(undone.occurred_at, m.occurred_at) > asked.at
    AND m.product_code = asked.product_code AND m.lot_number = asked.lot_number AND m.serial_number = asked.serial_number
    AND asked.location IN (m.from_location, m.to_location)
) AS later ON true`;

/** Reads the stock that decisions look at, with the lock that keeps it theirs until the commit. */
@Injectable()
export class StockPictureStore {
  /** Waits for every other transaction that handles these products, then reads; consumption may go on meanwhile. */
  async take(tx: Transaction, { pieces, places, transferReferences, documents, then }: Sought): Promise<StockPicture> {
    if (pieces.length === 0) return new StockPicture();
    await tx.query(lockProducts, [pieces.map(({ productCode }) => productCode)]);
    const [onHand, onTheWay, past, received] = await Promise.all([
      tx.query<PieceRow & { location: string }>(findOnHand, [...columns(pieces), places]),
      transferReferences.length === 0
        ? []
        : tx.query<PieceRow & { transfer_reference: string }>(findOnTheWay, [transferReferences]),
      then.length === 0
        ? []
        : tx.query<PieceRow & { location: string; at: Date }>(findThen, [
            ...[then.map(({ location }) => location), ...columns(then)],
            then.map(({ at }) => at),
          ]),
      documents.length === 0
        ? []
        : tx.query<ReceivedRow>(findReceived, [documents, pieces.map(({ productCode }) => productCode)]),
    ]);
    return new StockPicture({
      onHand: onHand.map((row) => ({ location: row.location, ...pieceOf(row) })),
      onTheWay: onTheWay.map((row) => ({ transferReference: row.transfer_reference, ...pieceOf(row) })),
      then: past.map((row) => ({ location: row.location, at: row.at, ...pieceOf(row) })),
      received: received.map((row) => ({ ...row, quantity: new Decimal(row.quantity) })),
    });
  }
}

function columns(pieces: readonly Piece[]): string[][] {
  return [
    pieces.map(({ productCode }) => productCode),
    pieces.map(({ lotNumber }) => lotNumber ?? ''),
    pieces.map(({ serialNumber }) => serialNumber ?? ''),
  ];
}

function pieceOf({ product_code, lot_number, serial_number, quantity }: PieceRow) {
  return {
    productCode: product_code,
    lotNumber: lot_number || null,
    serialNumber: serial_number || null,
    quantity: new Decimal(quantity),
  };
}
