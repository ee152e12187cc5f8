import {
  recordTypeOf,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type ParkingHooks,
  type Transaction,
  causedBy,
} from '@wardline/event-handling';
import type { RecordType } from '@wardline/event-contracts';

/** A handler as the pipeline runs it: single and batch handlers look the same from here. */
export interface RegisteredHandler {
  readonly name: string;
  readonly type: RecordType<unknown>;
  readonly hooks: ParkingHooks<unknown>;
  /** Applies envelopes in order; events name their cause. */
  run(envelopes: readonly Envelope<unknown>[], tx: Transaction): Promise<readonly BusinessEvent[]>;
}

/** Finds the handler of a record type. One service has at most one handler for a record type. */
export class HandlerRegistry {
  readonly #byType = new Map<string, RegisteredHandler>();

  /** Throws when an instance has no `@Handles`, no handle method, or a record type has two handlers. */
  constructor(handlers: readonly object[]) {
    for (const handler of handlers) this.add(handler);
  }

  /** Lists one more handler; throws as the constructor does. */
  add(instance: object): void {
    const handler = register(instance);
    const other = this.#byType.get(handler.type.fullName);
    if (other !== undefined)
      throw new Error(
        `${other.name} and ${handler.name} both handle ${handler.type.fullName}: one service, one handler`,
      );
    this.#byType.set(handler.type.fullName, handler);
  }

  find(recordType: string): RegisteredHandler | undefined {
    return this.#byType.get(recordType);
  }

  /** Full names of the record types that have a handler. */
  get recordTypes(): readonly string[] {
    return [...this.#byType.keys()];
  }
}

function register(handler: object): RegisteredHandler {
  const name = handler.constructor.name;
  const type = recordTypeOf(handler);
  const hooks = handler as ParkingHooks<unknown>;
  if ('handleBatch' in handler) {
    const batch = handler as BatchHandler<unknown>;
    return { name, type, hooks, run: (envelopes, tx) => batch.handleBatch(envelopes, tx) };
  }
  if (!('handle' in handler)) throw new Error(`${name} has neither handle nor handleBatch`);
  const single = handler as Handler<unknown>;
  return { name, type, hooks, run: (envelopes, tx) => oneByOne(single, envelopes, tx) };
}

async function oneByOne(
  handler: Handler<unknown>,
  envelopes: readonly Envelope<unknown>[],
  tx: Transaction,
): Promise<BusinessEvent[]> {
  const events: BusinessEvent[] = [];
  for (const envelope of envelopes) events.push(...causedBy(envelope, await handler.handle(envelope, tx)));
  return events;
}
