import { OdooUnavailable } from './errors.js';
import { rpc } from './json-rpc.js';
import type { OdooVersion } from './protocol.js';
import { exchange } from './wire.js';

/** The version by JSON-RPC, which every Odoo since 14 answers without a key. */
export async function rpcVersion(url: string, timeoutMs: number): Promise<OdooVersion> {
  const answer = await rpc(url, {
    operation: 'common.version',
    service: 'common',
    method: 'version',
    args: [],
    timeoutMs,
  });
  const { server_serie: series, server_version_info: info } = answer as {
    server_serie: string;
    server_version_info: readonly (number | string)[];
  };
  return { series, major: majorOf(info[0]) };
}

/** The version by `/web/version`; an Odoo too old to have it is asked by JSON-RPC, so that its age can be told. */
export async function webVersion(url: string, timeoutMs: number): Promise<OdooVersion> {
  const operation = 'common.version';
  try {
    const { json } = await exchange({ operation, url: new URL('/web/version', url), headers: {}, timeoutMs });
    const { version, version_info: info } = json as { version: string; version_info: readonly (string | number)[] };
    return { series: version, major: majorOf(info[0]) };
  } catch (error) {
    if (error instanceof OdooUnavailable && error.status === 404) return rpcVersion(url, timeoutMs);
    throw error;
  }
}

/** The number in `19` and in the hosted editions' `saas~19`. */
function majorOf(version: unknown): number {
  return Number(String(version).replace(/^saas[~-]/, ''));
}
