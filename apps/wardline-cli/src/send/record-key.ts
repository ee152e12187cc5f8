/**
 * The message key of a record by the words of its topic's contract, such as `<location value>/<product value>` or `product
 * code`: each word group is a path of fields (`location.value`) or one field (`productCode`). Undefined where the words name no
 * field of the record, as in `that of the record`.
 */
export function recordKey(contract: string, data: Readonly<Record<string, unknown>>): string | undefined {
  const groups = [...contract.matchAll(/<([^>]+)>/g)];
  if (groups.length === 0) return fieldNamed(contract, data);
  let complete = true;
  const key = contract.replace(/<([^>]+)>/g, (_, words: string) => {
    const text = fieldNamed(words, data);
    complete &&= text !== undefined;
    return text ?? '';
  });
  return complete ? key : undefined;
}

function fieldNamed(words: string, data: Readonly<Record<string, unknown>>): string | undefined {
  const parts = words.trim().split(/\s+/);
  const nested = parts.reduce<unknown>((value, part) => valueOf(value, part), data);
  const flat = valueOf(data, camelCase(parts));
  const found = [nested, flat].find((value) => typeof value === 'string' || typeof value === 'bigint');
  return found === undefined || found === '' ? undefined : String(found);
}

function valueOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
}

function camelCase([first = '', ...rest]: readonly string[]): string {
  return first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
