import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionCut } from '../gate.js';
import { OdooError } from '../odoo-error.js';

/** A request whose body was read as text. */
export type TextRequest = IncomingMessage & { readonly body?: unknown };

const jsonType = 'application/json; charset=utf-8';

/** Sends what the work answers, or its failure with Odoo's status and body. */
export async function answer(response: ServerResponse, work: () => Promise<unknown>): Promise<void> {
  try {
    const result = await work();
    send(response, 200, jsonType, JSON.stringify(result ?? null));
  } catch (error) {
    if (error instanceof ConnectionCut) {
      response.socket?.destroy();
      return;
    }
    const failure = asOdooError(error);
    if (failure.status === 401) response.setHeader('WWW-Authenticate', 'Bearer ');
    send(response, failure.status, jsonType, JSON.stringify(failure.body()));
  }
}

/** A failure that nobody foresaw is answered like one of Odoo's own, and written to the log. */
export function asOdooError(error: unknown): OdooError {
  if (error instanceof OdooError) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  return new OdooError(500, 'builtins.RuntimeError', error instanceof Error ? error.message : text);
}

/** Odoo's page for a database it does not have. */
export function unknownDatabase(response: ServerResponse): void {
  const page =
    '<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n' +
    '<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>\n' +
    '<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>\n\n' +
    '<!-- Alternatively, use the X-Odoo-Database header. -->';
  send(response, 404, 'text/html; charset=utf-8', page);
}

/** Writes a whole answer. */
export function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type });
  response.end(body);
}
