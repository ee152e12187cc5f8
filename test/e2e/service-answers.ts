/** What consumption-ingest answers to "did you take it?". */
export interface Receipt {
  readonly outcome: 'accepted' | 'refused' | 'held' | 'unknown';
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly owner?: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly reversedBy?: string | null;
}

/** A movement as inventory-sync shows it. */
export interface Movement {
  /** Its place in the ledger. */
  readonly position: string;
  readonly eventId: string;
  readonly sourceEventId: string;
  readonly movementType: string;
  readonly productCode: string;
  readonly quantity: string;
  readonly unit: string;
  readonly posting: { readonly state: string; readonly reference: string | null; readonly recordId: string | null };
}

/** A parked message as a service lists it. */
export interface ParkedMessage {
  readonly exceptionId: string;
  readonly state: string;
  readonly topic: string;
  readonly key: string | null;
  readonly eventId: string;
  readonly code: string | null;
  readonly class: string | null;
  readonly owner: string | null;
  readonly message: string | null;
  readonly settledBy: string | null;
  readonly settledReason: string | null;
}

/** An operation over parked messages as a service shows it. */
export interface Operation {
  readonly operationId: string;
  readonly state: string;
  readonly approvedBy: string | null;
  readonly counts: {
    readonly planned: number;
    readonly done: number;
    readonly failed: number;
    readonly skipped: number;
  };
}

/** Asks the services over HTTP as people do. */
export class Services {
  readonly #services: Readonly<Record<string, string>>;

  constructor(services: Readonly<Record<string, string>>) {
    this.#services = services;
  }

  /** The receipt of a record; `unknown` when it never came. */
  async receipt(eventId: string): Promise<Receipt> {
    const response = await fetch(`${this.#url('consumption-ingest')}/receipts/${eventId}`);
    if (response.status === 404) return { outcome: 'unknown' };
    return json<Receipt>(response);
  }

  /** The movements that a record became. */
  movements(sourceEventId: string): Promise<Movement[]> {
    return this.movementsWhere({ sourceEventId });
  }

  /** Movements in the order of the ledger, all of them unless a filter is given, or a position after which to begin. */
  async movementsWhere(filter: Readonly<Record<string, string>> = {}, since = '0'): Promise<Movement[]> {
    const all: Movement[] = [];
    for (let after: string | null = since; after !== null;) {
      const query = new URLSearchParams({ ...filter, limit: '1000', after });
      const page: { items: Movement[]; next: string | null } = await json(
        await fetch(`${this.#url('inventory-sync')}/movements?${query.toString()}`),
      );
      all.push(...page.items);
      after = page.next;
    }
    return all;
  }

  /** The ledger's balance of a product on a ward, all lots together. */
  async balance(product: string, location: string): Promise<number> {
    const query = `product=${encodeURIComponent(product)}&location=${encodeURIComponent(location)}`;
    const { items } = await json<{ items: { quantity: string }[] }>(
      await fetch(`${this.#url('inventory-sync')}/balances?${query.toString()}`),
    );
    return items.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  }

  /** What a service has parked; unsettled unless states are named. */
  async parked(service: string, filter: Readonly<Record<string, string>> = {}): Promise<ParkedMessage[]> {
    const query = new URLSearchParams({ limit: '1000', ...filter });
    return (await json<{ items: ParkedMessage[] }>(await fetch(`${this.#url(service)}/parked?${query.toString()}`)))
      .items;
  }

  /** Decides about a parked message; answers the HTTP status. */
  async decide(service: string, exceptionId: string, deed: 'retry' | 'abandon', body: object): Promise<number> {
    const response = await fetch(`${this.#url(service)}/parked/${exceptionId}/${deed}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Asks a service for a page of its own, or to do something; answers its JSON. Throws for any status but 2xx. */
  async ask<T>(service: string, path: string, body?: object): Promise<T> {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return json<T>(await fetch(`${this.#url(service)}${path}`, body === undefined ? {} : post));
  }

  /** The sum of a metric of a service over the labels that fit. */
  async metric(service: string, name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const text = await (await fetch(`${this.#url(service)}/metrics`)).text();
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    const fitting = lines.filter((line) => wanted.every((label) => line.includes(label)));
    return fitting.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Whether a service says that it can work. */
  async isReady(service: string): Promise<boolean> {
    return (await fetch(`${this.#url(service)}/health/ready`)).ok;
  }

  /** Whether a service says that its process works. */
  async isLive(service: string): Promise<boolean> {
    return (await fetch(`${this.#url(service)}/health/live`)).ok;
  }

  #url(service: string): string {
    const url = this.#services[service];
    if (url === undefined) throw new Error(`no service ${service}`);
    return url;
  }
}

async function json<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
