/** A receipt of a record, as the topics tell it. */
export interface Receipt {
  readonly outcome: 'accepted' | 'refused' | 'held';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
  readonly warnings: readonly string[];
}

/** A movement of the ledger that a record led to. */
export interface Movement {
  readonly eventId: string;
  readonly fromLocation: string;
  readonly toLocation: string;
}

/** What became of the posting of a movement. */
export interface Posting {
  readonly posted: boolean;
  /** The document in Odoo, or why there is none. */
  readonly words: string;
}

type Data = Readonly<Record<string, unknown>>;

/** What the topics say of each record. Repeats of one event count once, as every subscriber counts them. */
export class Evidence {
  /** The events that a system's record became, by source, time and kind. */
  readonly #told = new Map<string, string>();
  readonly #takenBack = new Map<string, string>();
  readonly #receipts = new Map<string, Receipt[]>();
  readonly #movements = new Map<string, Movement[]>();
  readonly #postings = new Map<string, Posting>();
  readonly #seen = new Set<string>();
  /** Records that stand on a topic twice, under two eventIds: by source, time and kind. */
  readonly #doubled = new Set<string>();
  /** Movements that came from the day, not from Odoo. */
  movements = 0;
  posted = 0;
  terminal = 0;

  add(record: string, data: Data): void {
    const eventId = text(data['eventId']);
    // An acceptance is on two topics, with one eventId.
    if (this.#seen.has(eventId)) return;
    this.#seen.add(eventId);
    if (record === 'ConsumptionRecorded' || record === 'StockOperationRecorded') this.#noteRecord(eventId, data);
    else if (record === 'StockMoved') this.#noteMovement(eventId, data);
    else if (record === 'PostingSucceeded' || record === 'PostingRefused') this.#notePosting(record, data);
    else if (/^(?:Consumption|StockOperation)(?:Accepted|Refused|Held)$/.test(record)) this.#noteReceipt(record, data);
  }

  /** The event that a system's record of a time became; undefined when it is on no topic. */
  recordOf(source: string, at: Date, what: string): string | undefined {
    return this.#told.get(`${source}\n${at.getTime()}\n${what}`);
  }

  /** Whether it became two events. */
  isDoubled(source: string, at: Date, what: string): boolean {
    return this.#doubled.has(`${source}\n${at.getTime()}\n${what}`);
  }

  /** The event that takes another one back. */
  reversalOf(eventId: string): string | undefined {
    return this.#takenBack.get(eventId);
  }

  receiptsOf(eventId: string): readonly Receipt[] {
    return this.#receipts.get(eventId) ?? [];
  }

  movementsOf(eventId: string): readonly Movement[] {
    return this.#movements.get(eventId) ?? [];
  }

  postingOf(movementEventId: string): Posting | undefined {
    return this.#postings.get(movementEventId);
  }

  #noteRecord(eventId: string, data: Data): void {
    const { source, occurredAt, reverses } = data;
    const what = text(data['kind'] ?? data['operation']);
    const name = `${text(source)}\n${text(occurredAt)}\n${what}`;
    if (this.#told.has(name)) this.#doubled.add(name);
    this.#told.set(name, eventId);
    if (typeof reverses === 'string' && !this.#takenBack.has(reverses)) this.#takenBack.set(reverses, eventId);
  }

  #noteReceipt(record: string, data: Data): void {
    const outcome = record.endsWith('Accepted') ? 'accepted' : record.endsWith('Refused') ? 'refused' : 'held';
    const [code, message, remedy, owner] = ['code', 'message', 'remedy', 'owner'].map((field) => text(data[field]));
    const warnings = (data['warnings'] ?? []) as readonly string[];
    const of = text(data['recordEventId']);
    const receipt = { outcome, code, message, remedy, owner, warnings } as Receipt;
    this.#receipts.set(of, [...(this.#receipts.get(of) ?? []), receipt]);
    if (outcome !== 'held') this.terminal += 1;
  }

  #noteMovement(eventId: string, data: Data): void {
    if (data['interface'] === 'odoo') return;
    this.movements += 1;
    const [fromLocation, toLocation] = [text(data['fromLocation']), text(data['toLocation'])];
    const of = text(data['correlationId']);
    this.#movements.set(of, [...(this.#movements.get(of) ?? []), { eventId, fromLocation, toLocation }]);
  }

  #notePosting(record: string, data: Data): void {
    const posted = record === 'PostingSucceeded';
    const words = posted ? text(data['reference']) : `${text(data['code'])}: ${text(data['message'])}`;
    const of = text(data['sourceEventId']);
    if (posted && this.#postings.get(of)?.posted !== true) this.posted += 1;
    this.#postings.set(of, { posted, words });
  }
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}
