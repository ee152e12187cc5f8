import type { Database } from '@wardline/outbox';
import type { DeliveryRuntime } from './delivery-runtime.js';
import { databaseIdentity } from './readings.js';

/** A health answer; `reasons` say in words what is down. */
export interface Health {
  readonly status: 'up' | 'down';
  readonly reasons: readonly string[];
}

const databaseAnswerMs = 2_000;

/** What a service says of itself. */
export class ServiceStatus {
  #runtime: DeliveryRuntime | undefined;
  readonly #startedAt = new Date();
  readonly #extra = new Map<string, () => unknown>();

  constructor(
    readonly name: string,
    private readonly database: Database,
  ) {}

  /** Called once the delivery path runs; before it the service is not ready. */
  running(runtime: DeliveryRuntime): void {
    this.#runtime = runtime;
  }

  get runtime(): DeliveryRuntime {
    if (this.#runtime === undefined) throw new Error(`${this.name} is still starting`);
    return this.#runtime;
  }

  /** Adds a section to `/info`, such as the state of a circuit. */
  addInfo(name: string, read: () => unknown): void {
    this.#extra.set(name, read);
  }

  live(): Health {
    const transport = this.#runtime?.transport.health();
    return health(transport === undefined || transport.live ? [] : [`consumer: ${transport.reason ?? 'stuck'}`]);
  }

  async ready(): Promise<Health> {
    if (this.#runtime === undefined) return health(['starting']);
    const transport = this.#runtime.transport.health();
    const reasons = transport.ready ? [] : [`consumer: ${transport.reason ?? 'not joined'}`];
    return health([...reasons, ...(await this.#databaseReasons())]);
  }

  info(): Record<string, unknown> {
    const extra = Object.fromEntries([...this.#extra].map(([name, read]) => [name, read()]));
    return {
      service: this.name,
      startedAt: this.#startedAt,
      node: process.version,
      subscriptions: this.#runtime?.subscriptions ?? [],
      ...extra,
    };
  }

  /** The service's database, with its clock; says why where it cannot be asked. */
  async databaseIdentity(): Promise<{ readonly time: Date; readonly version: string } | { readonly reason: string }> {
    try {
      return await within(databaseAnswerMs, databaseIdentity(this.database));
    } catch (error) {
      return { reason: (error as Error).message };
    }
  }

  async #databaseReasons(): Promise<string[]> {
    try {
      await within(databaseAnswerMs, this.database.query('SELECT 1'));
      return [];
    } catch (error) {
      return [`database: ${(error as Error).message}`];
    }
  }
}

function health(reasons: readonly string[]): Health {
  return { status: reasons.length === 0 ? 'up' : 'down', reasons };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
