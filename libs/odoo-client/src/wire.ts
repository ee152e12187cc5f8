import { OdooFault, OdooRateLimited, OdooUnavailable } from './errors.js';

/** One HTTP exchange with Odoo, read to its end. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON, or undefined when the body is not JSON. */
  readonly json: unknown;
}

/** One HTTP request to make. */
export interface Exchange {
  readonly operation: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; a GET when absent. */
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Codes of failures before a connection stood: the request cannot have reached Odoo. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends one request and reads the whole answer within `timeoutMs`.
 * @throws OdooUnavailable when no complete answer came, or a gateway answered instead of Odoo
 * @throws OdooRateLimited on 429
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  let response: Response;
  let text: string;
  try {
    response = await fetch(request.url, {
      method: request.body === undefined ? 'GET' : 'POST',
      headers: request.headers,
      body: request.body ?? null,
      redirect: 'error',
      signal,
    });
    text = await response.text();
  } catch (cause) {
    throw unanswered(request, timeout, cause);
  }
  return checked(request, response, parsed(text));
}

function unanswered(request: Exchange, timeout: AbortSignal, cause: unknown): OdooUnavailable {
  const { operation } = request;
  if (request.signal?.aborted) {
    return new OdooUnavailable(`${operation} was cancelled by its caller`, {
      operation,
      cause,
      mayHaveCommitted: true,
      cancelled: true,
    });
  }
  if (timeout.aborted) {
    const message = `${request.url.origin} did not answer ${operation} within ${request.timeoutMs} ms`;
    return new OdooUnavailable(message, { operation, cause, mayHaveCommitted: true });
  }
  const code = codeOf(cause);
  return new OdooUnavailable(`no answer from ${request.url.origin} to ${operation} (${code})`, {
    operation,
    cause,
    mayHaveCommitted: !neverSent.has(code),
  });
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checked({ operation, url }: Exchange, response: Response, json: unknown): Answer {
  const { status } = response;
  if (status === 429) {
    const retryAfterMs = retryAfter(response.headers.get('retry-after'));
    throw new OdooRateLimited(`${url.origin} asks for fewer calls`, { operation, status, retryAfterMs });
  }
  if (status >= 502 && status <= 504) {
    throw new OdooUnavailable(`a gateway before Odoo answered ${status}`, {
      operation,
      status,
      mayHaveCommitted: true,
    });
  }
  if (json !== undefined) return { status, json };
  if (status === 404) {
    const message = `${url.origin} does not serve this database: check its name, or wait while it is being restored`;
    throw new OdooUnavailable(message, { operation, status, mayHaveCommitted: false });
  }
  if (status >= 500) {
    throw new OdooUnavailable(`Odoo answered ${status} without a reason`, {
      operation,
      status,
      mayHaveCommitted: true,
    });
  }
  throw new OdooFault(`${url.origin} answered ${status} with something that is not JSON; is it an Odoo?`, {
    operation,
    status,
  });
}

/** `Retry-After` as milliseconds; it comes as seconds or as a date. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
