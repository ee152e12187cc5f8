import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogue } from '@wardline/event-contracts';

/**
 * A schema registry in this process, over HTTP as the real one: answers any schema text under its id, and the
 * catalogue's records under ids from 100,000 on. Holds no process up. What the registry itself does is tested elsewhere.
 */
export async function openSchemaDesk(texts: ReadonlyMap<number, string>): Promise<string> {
  const own = [...new Set(catalogue.flatMap(({ records }) => records))];
  const served = new Map([...own.map(({ schema }, index) => [firstOwnId + index, schema] as const), ...texts]);
  const server = createServer((request, response) => {
    request.resume();
    const [, place, name = ''] = /^\/(schemas\/ids|subjects)\/([^/?]+)/.exec(request.url ?? '') ?? [];
    const id =
      place === 'subjects'
        ? firstOwnId + own.findIndex(({ fullName }) => decodeURIComponent(name).endsWith(`-${fullName}`))
        : Number(name);
    const schema = served.get(id);
    response.writeHead(schema === undefined ? 404 : 200, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(schema === undefined ? { error_code: 40403 } : { id, version: 1, schema }));
  });
  server.unref();
  return `http://127.0.0.1:${await portOf(server)}`;
}

const firstOwnId = 100_000;

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
