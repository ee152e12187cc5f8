import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { Parking, type AwaitedNames } from '@wardline/outbox';

/** A code that an exception was raised for. */
export interface ToldCode {
  readonly name: string;
  readonly exceptionId: EventId;
  readonly raisedAt: Date;
}

/** The codes for which an exception is open. */
@Injectable()
export class AwaitedCodeStore {
  constructor(private readonly parking: Parking) {}

  /** What held records wait for. */
  awaited(tx: Transaction): Promise<AwaitedNames[]> {
    return this.parking.awaited(tx);
  }

  /** Makes the transaction the only one that tells of codes, among all replicas; false while another one does. */
  async claim(tx: Transaction): Promise<boolean> {
    const rows = await tx.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(7, 4711) AS mine`);
    return rows[0]!.mine;
  }

  async told(tx: Transaction): Promise<ToldCode[]> {
    return tx.query<ToldCode>(
      `SELECT name, exception_id AS "exceptionId", raised_at AS "raisedAt" FROM awaited_code ORDER BY raised_at, name`,
    );
  }

  add(tx: Transaction, codes: readonly ToldCode[]): void {
    if (codes.length === 0) return;
    tx.write(`INSERT INTO awaited_code SELECT * FROM unnest($1::text[], $2::uuid[], $3::timestamptz[])`, [
      codes.map(({ name }) => name),
      codes.map(({ exceptionId }) => exceptionId),
      codes.map(({ raisedAt }) => raisedAt),
    ]);
  }

  remove(tx: Transaction, codes: readonly ToldCode[]): void {
    if (codes.length === 0) return;
    tx.write(`DELETE FROM awaited_code WHERE name = ANY($1::text[])`, [codes.map(({ name }) => name)]);
  }
}
