import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OdooError } from '../src/errors.js';

/** One request as the stand-in for Odoo saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A local HTTP server that answers as a test wants, cut connections included. */
export interface StubOdoo {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  answer: (request: SeenRequest, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Starts a stand-in on a free port. */
export async function stubOdoo(): Promise<StubOdoo> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
    incoming.on('end', () => {
      const body: unknown = text === '' ? null : JSON.parse(text);
      const request = { path: incoming.url ?? '', headers: incoming.headers, body };
      seen.push(request);
      stub.answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: StubOdoo = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (_, response) => json(response, 200, null),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<OdooError> {
  return call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error as OdooError,
  );
}
