import type { CallCounter } from './call-counter.js';
import type { FaultPlan } from './faults.js';
import type { NamedCall } from './orm/call.js';
import type { Value } from './orm/field.js';
import type { Odoo } from './odoo.js';
import { OdooError, unauthorized } from './odoo-error.js';

/** The connection is to be cut without an answer. */
export class ConnectionCut extends Error {}

/** Every call passes here: counted, and struck by the faults that are switched on. */
export class Gate {
  constructor(
    private readonly odoo: Odoo,
    private readonly faults: FaultPlan,
    private readonly counter: CallCounter,
  ) {}

  async run(asked: NamedCall, context: Record<string, Value>): Promise<unknown> {
    const call = `${asked.model}/${asked.method}`;
    const started = performance.now();
    let ok = false;
    try {
      const answer = await this.struck(call, () => this.odoo.run(asked, context));
      ok = true;
      return answer;
    } finally {
      this.counter.note(call, ok, performance.now() - started);
    }
  }

  private async struck(call: string, work: () => Promise<unknown>): Promise<unknown> {
    if (this.faults.strikes('close-connection', call)) throw new ConnectionCut();
    if (this.faults.strikes('delay', call))
      await new Promise((resolve) => setTimeout(resolve, this.faults.delayMilliseconds()));
    if (this.faults.strikes('expired-key', call)) throw unauthorized('Invalid apikey');
    if (this.faults.strikes('too-many-requests', call))
      throw new OdooError(429, 'werkzeug.exceptions.TooManyRequests', 'Too many requests');
    if (this.faults.strikes('serialization-conflict', call)) throw conflict;
    const answer = await work();
    if (this.faults.strikes('fail-after-commit', call)) {
      throw new OdooError(
        500,
        'psycopg2.OperationalError',
        'server closed the connection unexpectedly (simulated after commit)',
      );
    }
    return answer;
  }
}

const conflict = new OdooError(
  500,
  'psycopg2.errors.SerializationFailure',
  'could not serialize access due to concurrent update\n',
);
