/** One call in the words of JSON-2: named arguments, `ids` and `context` among them. */
export interface OdooCall {
  readonly model: string;
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Odoo's version, such as `{ series: '19.0', major: 19 }`. */
export interface OdooVersion {
  readonly series: string;
  readonly major: number;
}

/** How calls are put on the wire. */
export interface OdooProtocol {
  call(call: OdooCall): Promise<unknown>;
}

/** Where an Odoo is and which of its databases is meant. */
export interface OdooAddress {
  readonly url: string;
  readonly database: string;
}
