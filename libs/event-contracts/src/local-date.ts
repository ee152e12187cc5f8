declare const date: unique symbol;

/** A calendar day without time or zone, written `YYYY-MM-DD`. */
export type LocalDate = string & { readonly [date]: true };

const pattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that exists, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  if (!pattern.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A text as a calendar day; throws when it is none. */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`"${text}" is not a calendar day; write it YYYY-MM-DD`);
  return text;
}
