/**
 * An open database transaction, handed to handlers and from them to stores. Everything done through it is committed
 * with the inbox row and the outbox rows of the message, or not at all (promise 1).
 */
export interface Transaction {
  /** Runs one statement with `$1`-style parameters and answers its rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;

  /**
   * Runs one statement whose answer nobody needs: it leaves at once and is not waited for. When it fails, the handler has
   * failed as if it had waited, and nothing is committed.
   */
  write(sql: string, parameters?: readonly unknown[]): void;
}
