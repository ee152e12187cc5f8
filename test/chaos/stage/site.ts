import { execFile } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres, type Server } from '@wardline/local-platform';
import { ensureDatabases, urlOf } from '../../../deploy/local/platform/databases.store.ts';
import { freeStagePort } from './free-port.ts';
import { Evidence } from './evidence.store.ts';
import { TcpLink } from './tcp-link.ts';

const own = { name: 'chaos', role: 'chaos', password: 'chaos' };

/** A Postgres of the stage: its server, the link that players reach it by, and what it knows. */
export class Site {
  /** For the players: by way of the link. */
  readonly url: string;
  readonly server: Server;
  readonly link: TcpLink;
  readonly evidence: Evidence;
  readonly #directory: string;

  private constructor(directory: string, server: Server, link: TcpLink) {
    this.#directory = directory;
    this.server = server;
    this.link = link;
    const address = new URL(urlOf(server.url, own));
    address.port = String(link.port);
    this.url = address.href;
    const administrator = new URL(server.url);
    administrator.pathname = `/${own.name}`;
    this.evidence = new Evidence(administrator.href);
  }

  /** Starts a server with an empty database; durable, because a kill must cost it nothing that it promised to keep. */
  static async start(directory: string, chance: () => number): Promise<Site> {
    const server = await startPostgres({ directory, port: await freeStagePort(), durable: true });
    await ensureDatabases(server.url, [own]);
    const site = new Site(directory, server, await TcpLink.open(server.port, chance));
    await site.evidence.query('ALTER SYSTEM SET track_commit_timestamp = on');
    await site.evidence.query('ALTER SYSTEM SET max_wal_size = 200');
    await server.restart();
    return site;
  }

  /** Copies the data of the stopped server; it runs again afterwards. */
  async backUp(): Promise<void> {
    await this.server.stop();
    rmSync(this.#backup, { recursive: true, force: true });
    await copy(this.#data, this.#backup);
    await this.server.restart();
  }

  /** Copies what a standby would have by now: the log as far as a kill in the midst of work leaves it. The server runs on. */
  async standBy(): Promise<void> {
    await this.server.kill();
    rmSync(this.#backup, { recursive: true, force: true });
    await copy(this.#data, this.#backup);
    await this.server.restart();
  }

  /** Kills the server and starts it on the backup. */
  async restore(): Promise<void> {
    await this.server.kill();
    rmSync(this.#data, { recursive: true, force: true });
    await copy(this.#backup, this.#data);
    await this.server.restart();
  }

  /** Kills the server for good; the standby ends its recovery, begins the next timeline and takes the place. */
  async promote(): Promise<void> {
    appendFileSync(join(this.#backup, 'postgresql.auto.conf'), "restore_command = 'false'\n");
    // A copy has the owner that the server needs.
    await copy(join(this.#backup, 'PG_VERSION'), join(this.#backup, 'recovery.signal'));
    await this.restore();
  }

  get #data(): string {
    return join(this.#directory, 'data');
  }

  get #backup(): string {
    return join(this.#directory, 'backup');
  }

  async close(): Promise<void> {
    this.link.close();
    await this.evidence.close();
    await this.server.stop();
  }
}

async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to]);
}
