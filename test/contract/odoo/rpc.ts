import type { Target } from './target.js';

/** Arguments by name, as JSON-2 has them. */
export type Args = Readonly<Record<string, unknown>>;

/** A record as Odoo gives it: `false` for what is empty. */
export type Row = { readonly id: number } & Readonly<Record<string, unknown>>;

/** One answer of Odoo, error or not. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Odoo's class and words when it is an error. */
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** What `load` answers. */
export interface LoadReply {
  readonly ids: number[] | false;
  readonly messages: readonly {
    readonly type: string;
    readonly message: string;
    readonly rows: { from: number; to: number };
    readonly field?: string;
  }[];
}

/** Plain JSON-2, so that the wire itself is what the suite pins. */
export class Rpc {
  constructor(readonly target: Target) {}

  /** One exchange; never fails for what Odoo answers. */
  async attempt(model: string, method: string, args: Args = {}, headers: Record<string, string> = {}): Promise<Reply> {
    return this.post(`/json/2/${model}/${method}`, JSON.stringify(args), headers);
  }

  /** Posts a body as it is to a path. */
  async post(path: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(new URL(path, this.target.url), {
      method: 'POST',
      headers: {
        authorization: `bearer ${this.target.key}`,
        'content-type': 'application/json',
        'x-odoo-database': this.target.database,
        ...headers,
      },
      body,
    });
    const text = await response.text();
    try {
      const parsed = JSON.parse(text) as { name?: string; message?: string } | null;
      return { status: response.status, body: parsed, name: parsed?.name, message: parsed?.message };
    } catch {
      return { status: response.status, body: text };
    }
  }

  /** One call that must succeed. */
  async call<T>(model: string, method: string, args: Args = {}): Promise<T> {
    const { status, body, name, message } = await this.attempt(model, method, args);
    if (status !== 200) throw new Error(`${model}.${method} answered ${status} ${name}: ${message}`);
    return body as T;
  }

  async create(model: string, values: Args, context?: Args): Promise<number> {
    const [id] = await this.call<number[]>(model, 'create', { vals_list: [values], ...(context ? { context } : {}) });
    return id ?? 0;
  }

  async read(model: string, ids: readonly number[], fields: readonly string[]): Promise<Row[]> {
    return this.call(model, 'read', { ids, fields });
  }

  async find(model: string, domain: readonly unknown[], fields: readonly string[], more: Args = {}): Promise<Row[]> {
    return this.call(model, 'search_read', { domain, fields, ...more });
  }

  async load(
    model: string,
    fields: readonly string[],
    data: readonly (readonly unknown[])[],
    context?: Args,
  ): Promise<LoadReply> {
    return this.call(model, 'load', { fields, data, ...(context ? { context } : {}) });
  }
}
