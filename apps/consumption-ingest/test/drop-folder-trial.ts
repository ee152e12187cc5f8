import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '@wardline/outbox';
import { outboxOf, silentLog, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { DropFolder } from '../src/file-intake/drop-folder.js';
import type { FileFeed } from '../src/file-intake/feed.js';
import { FileController } from '../src/file-intake/file.controller.js';
import { FileIntake } from '../src/file-intake/file-intake.js';
import { FileRowStore, FileStore } from '../src/file-intake/file.store.js';
import { migrations } from '../src/migrations.js';
import { morning } from './builders.js';
import { pharmacyFeed, pharmacyHeader } from './file-feeds.js';

/** A line of a receipt as a program reads it. */
export interface Answer {
  readonly row: number | null;
  readonly rowId: string | null;
  readonly outcome: string;
  readonly eventId: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
}

/** A drop folder on a real database; the files of one test are gone before the next. */
export class DropFolderTrial {
  readonly files = new FileStore();
  readonly rows = new FileRowStore();
  folder = '';

  private constructor(readonly database: TestDatabase) {}

  static async open(): Promise<DropFolderTrial> {
    return new DropFolderTrial(await testDatabase(migrations));
  }

  async begin(): Promise<void> {
    await this.database.query('TRUNCATE file_intake, file_row, file_item, delivery.outbox RESTART IDENTITY');
    this.folder = mkdtempSync(join(tmpdir(), 'wardline-files-'));
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The folder as a process that has just started sees it. */
  async started(feed: FileFeed = pharmacyFeed(), rowsPerCommit = 300): Promise<DropFolder> {
    const { database, files, rows, folder } = this;
    const clock = { now: (): Date => morning };
    const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
    const intake = new FileIntake({ database, outbox, files, rows, clock, rowsPerCommit });
    const settings = { folder, feeds: [feed], pollMs: 1_000 };
    const drop = new DropFolder({ settings, database, intake, files, rows, clock, log: silentLog });
    await drop.prepare();
    return drop;
  }

  controller(feeds: readonly FileFeed[] = []): FileController {
    return new FileController(this.database, this.files, this.rows, { folder: this.folder, feeds, pollMs: 1_000 });
  }

  at(...path: string[]): string {
    return join(this.folder, 'pharmacy-export', ...path);
  }

  /** Puts a file of the pharmacy into the inbox. */
  put(name: string, lines: readonly string[]): void {
    writeFileSync(this.at('inbox', name), Buffer.from([pharmacyHeader, ...lines, ''].join('\r\n'), 'latin1'));
  }

  receipt(name: string): Answer[] {
    const lines = readFileSync(this.at('receipts', `${name}.receipt.jsonl`), 'utf8').split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line) as Answer);
  }

  /** A receipt in brief. */
  answers(name: string): string[] {
    return this.receipt(name).map(
      ({ row, rowId, outcome, code }) => `${row} ${rowId} ${outcome}${code === null ? '' : ` ${code}`}`,
    );
  }

  names(room: string): string[] {
    return readdirSync(this.at(room)).sort();
  }

  async recorded(): Promise<Record<string, unknown>[]> {
    return (await outboxOf(this.database, await testCodec())).map(({ data }) => data);
  }
}
