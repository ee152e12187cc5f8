import type { Issue } from '../read/reading.js';
import { isObject, type JsonObject } from './parse.js';

/**
 * A part of a resource with its FHIRPath expression. What does not have the form that the definitions give it is added to
 * the issues, and reads as absent.
 */
export class FhirElement {
  constructor(
    readonly value: JsonObject,
    readonly expression: string,
    readonly issues: Issue[],
  ) {}

  /** An element that occurs once at most. */
  one(name: string): FhirElement | undefined {
    const value = this.value[name];
    if (value === undefined) return undefined;
    if (isObject(value)) return this.#part(value, `${this.expression}.${name}`);
    return this.#wrong(name, 'an object', value);
  }

  /** An element that may be repeated. */
  all(name: string): FhirElement[] {
    const value = this.value[name];
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#wrong(name, 'a list', value);
      return [];
    }
    return value.flatMap((one: unknown, index) =>
      isObject(one)
        ? [this.#part(one, `${this.expression}.${name}[${index}]`)]
        : (this.#wrong(`${name}[${index}]`, 'an object', one) ?? []),
    );
  }

  /** A primitive that is written as text: string, code, uri, dateTime, integer64, ... */
  text(name: string): string | undefined {
    const value = this.value[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    return this.#wrong(name, 'a text', value);
  }

  /** A number. */
  number(name: string): number | undefined {
    const value = this.value[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number') return value;
    return this.#wrong(name, 'a number', value);
  }

  /** The expression of a part, for a person. */
  at(name: string): string {
    return `${this.expression}.${name}`;
  }

  #part(value: JsonObject, expression: string): FhirElement {
    if (value['modifierExtension'] !== undefined) this.issues.push(modified(expression));
    return new FhirElement(value, expression, this.issues);
  }

  #wrong(name: string, due: string, value: unknown): undefined {
    const expression = this.at(name);
    this.issues.push({
      ...{ severity: 'error', code: 'structure', owner: 'sender', expression },
      // The value itself is not repeated: it may name a person.
      diagnostics: `${expression} must be ${due}, but it is ${formOf(value)}. The sending system must correct it.`,
    });
    return undefined;
  }
}

function formOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return value === '' ? 'an empty text' : `a JSON ${typeof value}`;
}

/** What changes the meaning of an element in a way that is not known here; it must not be ignored (FHIR, "Extensibility"). */
export function modified(expression: string): Issue {
  return {
    ...{ severity: 'error', code: 'extension', owner: 'sender', expression: `${expression}.modifierExtension` },
    diagnostics: `${expression} has a modifier extension, which may turn its meaning around and is not known here. The sending system must say it without one.`,
  };
}
