import pg from 'pg';

/*
 * pg reads every field as text: of a payload, two characters for each byte, which Postgres writes, the wire carries, and the
 * garbage collector takes away again. COPY hands out the bytes as they are.
 */

/** The fields of one row in Postgres' binary COPY format, read from first to last, each once. None of them may be null. */
export class CopiedRow {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  /** @internal Goes on to a row that begins at `from` with its number of fields. */
  begin(bytes: Buffer, from: number): void {
    this.#bytes = bytes;
    this.#at = from + fieldCountBytes;
  }

  /** A `bytea`, as a buffer of its own. */
  bytes(): Buffer {
    const size = this.#size();
    // The connection uses its buffer again.
    return Buffer.from(this.#bytes.subarray(this.#at, (this.#at += size)));
  }

  /** A `text` or `json`. */
  text(): string {
    const size = this.#size();
    return this.#bytes.toString('utf8', this.#at, (this.#at += size));
  }

  /** A `bigint`. */
  int8(): bigint {
    this.#size();
    const value = this.#bytes.readBigInt64BE(this.#at);
    this.#at += 8;
    return value;
  }

  #size(): number {
    const size = this.#bytes.readInt32BE(this.#at);
    if (size < 0) throw new Error('a copied row has a null where none is expected');
    this.#at += 4;
    return size;
  }
}

/**
 * The rows of a `SELECT`, each through `read`, by `COPY … TO STDOUT (FORMAT binary)`. COPY takes no parameters: only what
 * cannot be anything but a number may be put into the text. Rejects with what Postgres or `read` threw.
 */
export function copyRows<Row>(client: pg.ClientBase, select: string, read: (row: CopiedRow) => Row): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new CopyOut(select, read, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      }),
    );
  });
}

/** Signature, flags and the size of an extension that there is none of (PostgreSQL, COPY, "Binary Format"). */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const fileHeaderBytes = signature.length + 4 + 4;
const fieldCountBytes = 2;
const endOfFile = -1;

/** A query of pg that takes what it leaves alone: messages of copied data, of which the server sends one for each row. */
class CopyOut<Row> extends pg.Query {
  readonly #rows: Row[] = [];
  readonly #row = new CopiedRow();
  #hasBegun = false;
  #failure: Error | undefined;

  constructor(
    select: string,
    private readonly read: (row: CopiedRow) => Row,
    done: (error: Error | null | undefined, rows: Row[]) => void,
  ) {
    super(`COPY (${select}) TO STDOUT (FORMAT binary)`, (error) => done(error ?? this.#failure, this.#rows));
  }

  /** Called by pg with each message; must not throw, since the connection could not be used any more. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#failure !== undefined) return;
    try {
      this.#take(chunk);
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  #take(chunk: Buffer): void {
    // The header comes with the first row, or alone with the end when there is none.
    const from = this.#hasBegun ? 0 : fileHeaderBytes;
    if (!this.#hasBegun && !chunk.subarray(0, signature.length).equals(signature))
      throw new Error('Postgres sent something else than a binary COPY');
    this.#hasBegun = true;
    if (chunk.length === from || chunk.readInt16BE(from) === endOfFile) return;
    this.#row.begin(chunk, from);
    this.#rows.push(this.read(this.#row));
  }
}
