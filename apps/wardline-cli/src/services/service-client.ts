import { CommandError } from '../exit.js';

/** A service said no; `status` is its HTTP status. */
export class ServiceRefusal extends CommandError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** A service could not be asked. */
export class ServiceUnreachable extends CommandError {}

const answerWithinMs = 15_000;

/** One service over its HTTP interface. */
export class ServiceClient {
  constructor(
    readonly name: string,
    readonly url: string,
  ) {}

  /** An answer as JSON. Throws {@link ServiceRefusal} with the service's own words, or {@link ServiceUnreachable}. */
  async get<T>(path: string): Promise<T> {
    return (await this.#ask(path, {})).json() as Promise<T>;
  }

  async post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json() as Promise<T>;
  }

  async text(path: string): Promise<string> {
    return (await this.#ask(path, {})).text();
  }

  /** What `/health/ready` says, also when it is "down". */
  async ready(): Promise<{ readonly status: 'up' | 'down'; readonly reasons: readonly string[] }> {
    const response = await this.#send('/health/ready', {});
    const body = (await response.json().catch(() => ({}))) as { status?: 'up' | 'down'; reasons?: string[] };
    return { status: body.status ?? 'down', reasons: body.reasons ?? (response.ok ? [] : [`HTTP ${response.status}`]) };
  }

  async #ask(path: string, options: RequestInit): Promise<Response> {
    const response = await this.#send(path, options);
    if (response.ok) return response;
    const text = await response.text();
    throw new ServiceRefusal(`${this.name}: ${messageIn(text) ?? `HTTP ${response.status}`}`, response.status);
  }

  async #send(path: string, options: RequestInit): Promise<Response> {
    try {
      return await fetch(this.url + path, { ...options, signal: AbortSignal.timeout(answerWithinMs) });
    } catch (error) {
      throw new ServiceUnreachable(`${this.name} does not answer at ${this.url}: ${reasonOf(error)}`);
    }
  }
}

/** The message in an error answer of a service. */
function messageIn(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: string | string[] };
    return Array.isArray(message) ? message.join('; ') : message;
  } catch {
    return undefined;
  }
}

/** Why a request failed, in the words closest to the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
