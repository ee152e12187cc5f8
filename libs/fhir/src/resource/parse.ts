/** A JSON object as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A resource: a JSON object that says what it is. */
export type FhirResource = JsonObject & { readonly resourceType: string };

/** The release of FHIR that a resource is written in: R4 is 4.0.1, R5 is 5.0.0. */
export type FhirVersion = 'R4' | 'R5';

/** A resource, or why a text is none. */
export type ParsedResource =
  { readonly ok: true; readonly resource: FhirResource } | { readonly ok: false; readonly problem: string };

/**
 * Reads a resource in FHIR's JSON. A number with more digits than a double keeps (15) is refused rather than rounded:
 * FHIR asks for the precision of a decimal to be respected (R4 and R5, "Data Types", decimal).
 */
export function parseResource(text: string): ParsedResource {
  try {
    const value: unknown = JSON.parse(text, keepingDigits);
    return isResource(value)
      ? { ok: true, resource: value }
      : { ok: false, problem: 'The body is no resource: it must be a JSON object with a resourceType.' };
  } catch (error) {
    return { ok: false, problem: `The body cannot be read as JSON: ${(error as Error).message}.` };
  }
}

/** Whether a JSON value is a resource. */
export function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof value['resourceType'] === 'string' && value['resourceType'] !== '';
}

/** Whether a JSON value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const mostDigits = 15;

// The third argument is in Node's JSON.parse (ECMAScript "JSON.parse source text access"), not yet in TypeScript's types.
function keepingDigits(this: unknown, key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const digits = context.source
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  if (digits.length > mostDigits)
    throw new Error(`the number ${context.source} of "${key}" has more than ${mostDigits} digits and would be rounded`);
  return value;
}
