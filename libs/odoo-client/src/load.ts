import { saysConflict } from './answer.js';
import { type LoadMessage, OdooConflict, OdooLoadRefused } from './errors.js';

interface RawMessage {
  readonly message?: string;
  readonly record?: number;
  readonly rows?: { readonly from: number };
  readonly field?: string | false;
}

/** The answer of `load`, as Odoo gives it. */
export interface LoadAnswer {
  readonly ids: readonly number[] | false;
  readonly messages: readonly RawMessage[];
}

/**
 * The ids that `load` made or found, in the order of the rows.
 * @throws OdooConflict when a message speaks of a serialization failure
 * @throws OdooLoadRefused when anything else was wrong: nothing was written then
 */
export function loadedIds(model: string, answer: LoadAnswer): number[] {
  const operation = `${model}.load`;
  if (answer.ids !== false) return [...answer.ids];
  const messages = withoutEcho(answer.messages.map(placed));
  const conflict = messages.find(({ message }) => saysConflict(message));
  if (conflict) throw new OdooConflict(conflict.message, { operation, status: 200 });
  throw new OdooLoadRefused(messages, { operation, status: 200 });
}

/** Odoo repeats the first error of a batch in front and blames the batch's first row for it; the later one is right. */
function withoutEcho(messages: readonly LoadMessage[]): readonly LoadMessage[] {
  const [first, ...others] = messages;
  return others.some(({ message }) => message === first?.message) ? others : messages;
}

function placed({ message, rows, record, field }: RawMessage): LoadMessage {
  return { row: rows?.from ?? record ?? null, field: field || null, message: message ?? 'Odoo gave no reason' };
}
