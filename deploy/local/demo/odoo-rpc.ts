/** An Odoo to talk to. */
export interface OdooAddress {
  readonly url: string;
  readonly database: string;
  readonly apiKey: string;
}

/** Calls one Odoo method over JSON-2; throws with Odoo's own words. What a hospital's own scripts would do. */
export async function callOdoo<T>(
  odoo: OdooAddress,
  model: string,
  method: string,
  body: Record<string, unknown>,
): Promise<T> {
  const response = await fetch(`${odoo.url}/json/2/${model}/${method}`, {
    method: 'POST',
    headers: {
      authorization: `bearer ${odoo.apiKey}`,
      'x-odoo-database': odoo.database,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Odoo refused ${model}.${method} with ${response.status}: ${wordsOf(text)}`);
  return JSON.parse(text) as T;
}

/** Creates or finds records by external id (`load`); throws on any message, since nothing is written then. Answers their ids. */
export async function loadRecords(
  odoo: OdooAddress,
  model: string,
  fields: string[],
  data: unknown[][],
  context: Readonly<Record<string, unknown>> = {},
): Promise<number[]> {
  const answer = await callOdoo<{ ids: number[] | false; messages: { message: string }[] }>(odoo, model, 'load', {
    fields,
    data,
    context,
  });
  if (answer.ids === false)
    throw new Error(`Odoo refused to load ${model}: ${answer.messages.map(({ message }) => message).join('; ')}`);
  return answer.ids;
}

function wordsOf(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message);
  } catch {
    return text.slice(0, 200);
  }
}
