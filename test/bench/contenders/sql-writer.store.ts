import pg from 'pg';
import { keyOf, type BenchEvent, type EventWriter, type Site } from './contender.ts';

/** Bytes of a payload under a load: about what a StockMoved weighs. */
export const livePayloadBytes = 300;

/** The business change that every writer makes. */
export const changeBalance = `UPDATE balance SET quantity = quantity - 1 WHERE key = $1`;

/** Business transactions with the outbox row of a peer: what an application does that inserts it by itself. */
export async function sqlWriter(site: Site, connections: number, backlog: string): Promise<EventWriter> {
  const pool = new pg.Pool({ connectionString: site.databaseUrl, max: connections });
  pool.on('error', () => undefined);
  const write = async (event: BenchEvent): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({ name: 'balance', text: changeBalance, values: [keyOf(event)] });
      const values = [site.topic, event.ordinal, event.ordinal, event.keys, livePayloadBytes];
      await client.query({ name: 'event', text: backlog, values });
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  };
  return { write, close: () => pool.end() };
}
