import { createServer, type IncomingMessage, type Server } from 'node:http';
import { catalogue, type RecordType } from '@wardline/event-contracts';

/*
 * The catalogue behind the three registry calls that a codec makes. It lets a test of one service encode and decode
 * real Avro without a JVM; what the registry itself does is tested against the real one.
 */

/** Serves every schema of the catalogue read-only, in this process; answers its address. Does not hold the process up. */
export async function serveContracts(): Promise<string> {
  const schemas = distinctSchemas();
  const server = createServer((request, response) => {
    void answer(request, schemas).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
  });
  server.unref();
  return `http://127.0.0.1:${await portOf(server)}`;
}

function distinctSchemas(): RecordType<unknown>[] {
  return [...new Map(catalogue.flatMap(({ records }) => records).map((record) => [record.fullName, record])).values()];
}

async function answer(request: IncomingMessage, schemas: readonly RecordType<unknown>[]): Promise<[number, object]> {
  const path = new URL(request.url ?? '/', 'http://registry').pathname;
  const id = /^\/schemas\/ids\/(\d+)$/.exec(path)?.[1];
  const subject = /^\/subjects\/([^/]+)$/.exec(path)?.[1];
  if (id !== undefined) {
    const found = schemas[Number(id) - 1];
    return found
      ? [200, { schema: found.schema, schemaType: 'AVRO' }]
      : [404, { error_code: 40403, message: 'Schema not found' }];
  }
  if (subject === undefined) return [404, { error_code: 404, message: 'HTTP 404 Not Found' }];
  request.resume();
  const index = schemas.findIndex(({ fullName }) => decodeURIComponent(subject).endsWith(`-${fullName}`));
  if (index < 0) return [404, { error_code: 40401, message: 'Subject not found' }];
  return [200, { subject, id: index + 1, version: 1, schema: schemas[index]!.schema }];
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The contract server has no port'));
      else resolve(address.port);
    });
  });
}
