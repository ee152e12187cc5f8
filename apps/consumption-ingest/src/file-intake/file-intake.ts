import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ConsumptionRecorded, Decimal, Topic, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Clock } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import type { FileFeed } from './feed.js';
import type { FileEntry, FileRowStore, FileStore } from './file.store.js';
import { UnreadableFile, type FileProblem } from './problem.js';
import { readRow, type RowReading } from './read-row.js';
import { identitiesOf, settleRows, type Settled } from './settle-rows.js';
import { tableRows } from './table-rows.js';

/** What the intake works with. */
export interface FileIntakeParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly files: FileStore;
  readonly rows: FileRowStore;
  readonly clock: Clock;
  /** Rows of one commit; default 300. */
  readonly rowsPerCommit?: number;
}

/** A whole file of a feed. */
export interface IncomingFile {
  readonly feed: FileFeed;
  readonly path: string;
  readonly name: string;
}

/** What a look through the whole file told, before a row of it is taken. */
interface Inspected {
  readonly digest: string;
  readonly bytes: number;
  readonly problem: FileProblem | null;
}

/**
 * Takes the rows of files as `ConsumptionRecorded`, some hundred a commit, each with how far the file has come (promise
 * 1): whatever is killed when, it goes on behind the last commit. A file that cannot be read to its end is refused before
 * a row of it is taken.
 */
export class FileIntake {
  constructor(private readonly parts: FileIntakeParts) {}

  /** Takes a file, or goes on with it; answers what became of it. Throws when the database is away or `signal` says so. */
  async take(file: IncomingFile, signal?: AbortSignal): Promise<FileEntry> {
    const entry = await this.#open(file, await inspect(file));
    if (entry.state === 'taking') await this.#takeRows(file, entry, signal);
    const settled = await this.parts.database.transaction((tx) => this.parts.files.find(tx, entry.id));
    return settled!;
  }

  /** What is known of the file: under way, ended but not put away, or new. A file whose every row counted is only repeated. */
  #open({ feed, name }: IncomingFile, { digest, bytes, problem }: Inspected): Promise<FileEntry> {
    const { database, files, clock } = this.parts;
    return database.transaction(async (tx) => {
      await files.holdFeed(tx, feed.name);
      const known = await files.withDigest(tx, feed.name, digest);
      const unfinished = known.find((one) => one.state === 'taking' || (one.filedAt === null && one.name === name));
      if (unfinished !== undefined) return unfinished;
      const whole = known.find((one) => one.state === 'taken' && one.refused === 0);
      const state = whole !== undefined ? 'repeated' : problem !== null ? 'refused' : 'taking';
      const repeats = state === 'repeated' ? whole! : null;
      const counts = {
        taken: 0,
        repeated: repeats === null ? 0 : repeats.taken + repeats.repeated,
        refused: repeats?.refused ?? 0,
      };
      const file = { feed: feed.name, name, digest, bytes, state, problem, repeats: repeats?.id ?? null } as const;
      return files.add(tx, { ...file, ...counts, receivedAt: clock.now() });
    });
  }

  async #takeRows(file: IncomingFile, entry: FileEntry, signal: AbortSignal | undefined): Promise<void> {
    const { database, files, clock } = this.parts;
    const hash = createHash('sha256');
    let problem: FileProblem | null = null;
    try {
      for await (const readings of this.#chunks(file, entry.nextRow, hash)) {
        signal?.throwIfAborted();
        if (!(await this.#commit(file.feed, entry, readings))) return;
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      problem = error.problem;
    }
    const isSame = problem === null && hash.digest('hex') === entry.digest;
    await database.transaction(async (tx) =>
      files.end(tx, entry.id, { problem: isSame ? null : changedMeanwhile(file.feed), at: clock.now() }),
    );
  }

  /** The rows from `from` on, in the portions of the commits. */
  async *#chunks({ feed, path }: IncomingFile, from: number, hash: Hash): AsyncGenerator<readonly RowReading[]> {
    const most = this.parts.rowsPerCommit ?? 300;
    let portion: RowReading[] = [];
    for await (const row of tableRows(hashed(createReadStream(path), hash), feed)) {
      if (row.row < from) continue;
      portion.push(readRow(row, feed));
      if (portion.length < most) continue;
      yield portion;
      portion = [];
    }
    if (portion.length > 0) yield portion;
  }

  /** Commits rows with all that comes of them; false when another process went on with the file. */
  #commit(feed: FileFeed, { id, digest }: FileEntry, readings: readonly RowReading[]): Promise<boolean> {
    const { database, outbox, files, rows, clock } = this.parts;
    const idOf = ({ row, rowId }: RowReading): string => rowId ?? `${digest}:${row}`;
    return database.transaction(async (tx) => {
      await files.holdFeed(tx, feed.name);
      const publishable = readings.map((reading) => this.#publishable(feed, reading));
      const known = await rows.taken(tx, feed.name, identitiesOf(publishable, idOf));
      const { outcomes, taken } = settleRows(publishable, known, { idOf, newId: () => newEventId(clock.now()) });
      if (!(await files.advance(tx, id, readings[0]!.row, outcomes))) return false;
      rows.take(tx, feed.name, taken);
      rows.note(tx, id, outcomes);
      await outbox.add(
        tx,
        taken.map((row) => recorded(row, feed)),
      );
      return true;
    });
  }

  /** A row that no contract can carry is refused alone: it must not hold up the file. */
  #publishable(feed: FileFeed, reading: RowReading): RowReading {
    const { record } = reading;
    if (record === null) return reading;
    try {
      this.parts.outbox.check([
        recorded({ record, eventId: newEventId(this.parts.clock.now()), reversesEvent: null }, feed),
      ]);
      return reading;
    } catch (error) {
      const message = `No record can be made of the row: ${(error as Error).message}`;
      const problem = {
        code: 'ROW_UNPUBLISHABLE',
        message,
        remedy: 'Correct the row and send it again.',
        owner: 'source-system',
      } as const;
      return { ...reading, record: null, problems: [problem] };
    }
  }
}

/** Reads a file to its end: its digest, and what keeps it from being read. */
async function inspect({ path, feed }: IncomingFile): Promise<Inspected> {
  const hash = createHash('sha256');
  const stream = createReadStream(path);
  try {
    for await (const _row of tableRows(hashed(stream, hash), feed));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { ...(await digestOf(path)), problem: error.problem };
  }
  return { digest: hash.digest('hex'), bytes: stream.bytesRead, problem: null };
}

async function digestOf(path: string): Promise<Pick<Inspected, 'digest' | 'bytes'>> {
  const hash = createHash('sha256');
  const stream = createReadStream(path);
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return { digest: hash.digest('hex'), bytes: stream.bytesRead };
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

function changedMeanwhile({ rowId }: FileFeed): FileProblem {
  const again =
    rowId === 'place'
      ? 'Drop a file with the rows that this receipt does not say were taken: without ids of its own a row counts again in another file.'
      : 'Drop the file again: rows that were taken are known by their ids.';
  return {
    code: 'FILE_CHANGED',
    message: 'The file changed while it was being read.',
    remedy: `Write files under a name that ends in .part and rename them when they are whole. ${again}`,
    owner: 'source-system',
  };
}

/** The canonical record of a row, as any upstream would send it. */
function recorded(
  { record, eventId, reversesEvent }: Pick<Settled['taken'][number], 'record' | 'eventId' | 'reversesEvent'>,
  feed: FileFeed,
): BusinessEvent {
  const { product, location } = record;
  return businessEvent(Topic.ClinicalConsumption, `${location.value}/${product.value}`, ConsumptionRecorded, {
    ...{ eventId, source: feed.source ?? feed.name, occurredAt: new Date(record.occurredAt), sequence: null },
    ...{ kind: record.kind, reverses: reversesEvent, product, location },
    ...{ lotNumber: record.lotNumber, serialNumber: record.serialNumber },
    ...{ expiryDate: record.expiryDate as LocalDate | null, quantity: new Decimal(record.quantity), unit: record.unit },
    ...{ encounterRef: null, performerRef: null, reason: record.reason },
  });
}
