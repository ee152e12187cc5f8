import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

const channel = 'wardline_outbox';

/** Between two announcements, in milliseconds: NOTIFY takes a lock of the whole database, so it is never said per commit. */
const restMs = 5;

/**
 * Tells the relay that leads, in another process, that something was committed here: by NOTIFY, apart from the business
 * transactions and one for however many of them. It may be lost; the leader looks by itself now and then.
 */
export class CommitAnnouncement {
  #due = false;
  #running: Promise<void> | undefined;

  constructor(private readonly pool: pg.Pool) {}

  /** Says it soon; does not wait and does not throw. */
  announce(): void {
    this.#due = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves when nothing is left to say. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#due) {
      this.#due = false;
      // Nothing depends on it, so nobody waits for the disk.
      const said = `SELECT set_config('synchronous_commit', 'off', true), pg_notify('${channel}', '')`;
      await this.pool.query(said).catch(() => undefined);
      await pause(restMs);
    }
  }
}

/** Calls back at each announcement until the answered function is called. */
export async function hearCommits(client: pg.PoolClient, heard: () => void): Promise<() => Promise<void>> {
  client.on('notification', heard);
  await client.query(`LISTEN ${channel}`);
  return async () => {
    client.off('notification', heard);
    await client.query(`UNLISTEN ${channel}`);
  };
}
