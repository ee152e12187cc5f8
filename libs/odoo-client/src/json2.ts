import { errorBody, errorFrom } from './answer.js';
import { OdooFault } from './errors.js';
import type { OdooAddress, OdooCall, OdooProtocol } from './protocol.js';
import { exchange } from './wire.js';

/** JSON-2, Odoo 19 and later: `POST /json/2/<model>/<method>`, bearer key, one transaction per call. */
export function json2(address: OdooAddress): OdooProtocol {
  return {
    async call({ model, method, args, key, timeoutMs, signal }: OdooCall): Promise<unknown> {
      const operation = `${model}.${method}`;
      const { status, json } = await exchange({
        operation,
        url: new URL(`/json/2/${model}/${method}`, address.url),
        headers: {
          authorization: `bearer ${key}`,
          'content-type': 'application/json',
          'x-odoo-database': address.database,
        },
        body: JSON.stringify(args),
        timeoutMs,
        signal,
      });
      if (status === 200) return json;
      const body = errorBody(json);
      if (body === null) throw new OdooFault(`Odoo answered ${status} without a reason`, { operation, status });
      throw errorFrom(body, { operation, status });
    },
  };
}
