import { errorBody, errorFrom } from './answer.js';
import { OdooAuthenticationError, OdooFault } from './errors.js';
import type { OdooAddress, OdooCall, OdooProtocol } from './protocol.js';
import { exchange } from './wire.js';

/** One request of JSON-RPC. */
export interface RpcRequest {
  readonly operation: string;
  readonly service: 'common' | 'object';
  readonly method: string;
  readonly args: readonly unknown[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** JSON-RPC (`/jsonrpc`, `execute_kw`), Odoo 14 to 18 and still answered by 19; the key stands for the password. */
export function jsonRpc(address: OdooAddress, login: string): OdooProtocol {
  let session: { key: string; uid: number } | undefined;

  async function uidOf({ key, timeoutMs, signal }: OdooCall): Promise<number> {
    if (session?.key === key) return session.uid;
    const operation = 'common.login';
    const args = [address.database, login, key];
    const uid = await rpc(address.url, { operation, service: 'common', method: 'login', args, timeoutMs, signal });
    if (typeof uid !== 'number') {
      throw new OdooAuthenticationError(`Odoo does not accept the key of ${login}`, { operation });
    }
    session = { key, uid };
    return uid;
  }

  return {
    async call(call: OdooCall): Promise<unknown> {
      const uid = await uidOf(call);
      const { model, method, key, timeoutMs, signal } = call;
      const args = [address.database, uid, key, model, method, ...execution(method, call.args)];
      const operation = `${model}.${method}`;
      return rpc(address.url, { operation, service: 'object', method: 'execute_kw', args, timeoutMs, signal });
    },
  };
}

/** Positional and named arguments: before 17 `create` reads its values by position only, and ids always come first. */
function execution(method: string, args: Readonly<Record<string, unknown>>): [unknown[], Record<string, unknown>] {
  const { ids, ...named } = args;
  if (ids !== undefined) return [[ids], named];
  if (method === 'create' && 'vals_list' in named) {
    const { vals_list: values, ...others } = named;
    return [[values], others];
  }
  return [[], named];
}

/** One exchange of JSON-RPC; an error inside the 200 is thrown as its type. */
export async function rpc(base: string, request: RpcRequest): Promise<unknown> {
  const { operation, service, method, args, timeoutMs, signal } = request;
  const { status, json } = await exchange({
    operation,
    url: new URL('/jsonrpc', base),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } }),
    timeoutMs,
    signal,
  });
  const { result, error } = (json ?? {}) as { result?: unknown; error?: { data?: unknown; message?: string } };
  if (error === undefined) return result ?? null;
  const body = errorBody(error.data);
  if (body === null) throw new OdooFault(error.message ?? `Odoo answered ${status}`, { operation, status });
  throw errorFrom(body, { operation, status });
}
