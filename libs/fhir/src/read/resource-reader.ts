import { FhirElement, modified } from '../resource/element.js';
import type { FhirResource, FhirVersion } from '../resource/parse.js';
import type { FhirSource } from '../source/fhir-source.js';
import type { Issue, IssueCode } from './reading.js';
import type { Surroundings } from './surroundings.js';

/** A resource while it is read: its elements, what can be looked up from it, and what is found to be wrong. */
export class ResourceReader {
  readonly issues: Issue[] = [];
  readonly root: FhirElement;

  constructor(
    readonly source: FhirSource,
    readonly version: FhirVersion,
    readonly resource: FhirResource,
    readonly surroundings: Surroundings,
  ) {
    this.root = new FhirElement(resource, resource.resourceType, this.issues);
    if (resource['modifierExtension'] !== undefined) this.issues.push(modified(resource.resourceType));
    if (resource['implicitRules'] !== undefined)
      this.sender('not-supported', 'implicitRules', 'It names rules that change how it is read (implicitRules).');
  }

  /** Adds an error that the sending system must correct. */
  sender(code: IssueCode, expression: string, what: string): undefined {
    const path = this.#full(expression);
    const diagnostics = `${what} The sending system must correct it and send it again.`;
    this.issues.push({ severity: 'error', code, owner: 'sender', expression: path, diagnostics });
    return undefined;
  }

  /** Adds an error that whoever keeps the mapping can mend. */
  mapping(code: IssueCode, expression: string, what: string): undefined {
    const diagnostics = `${what} Whoever keeps the mapping of ${this.source.name} must decide; then send it again.`;
    this.issues.push({ severity: 'error', code, owner: 'mapping', expression: this.#full(expression), diagnostics });
    return undefined;
  }

  /** Adds what does not stand against taking it, but should be known. */
  note(severity: 'warning' | 'information', expression: string, diagnostics: string): void {
    const code = severity === 'warning' ? 'value' : 'informational';
    this.issues.push({ severity, code, owner: 'sender', expression: this.#full(expression), diagnostics });
  }

  /** What a Reference names, as an element of the resource it was found in. */
  resolve(reference: FhirElement): FhirElement | undefined {
    const text = reference.text('reference');
    const found = text === undefined ? undefined : this.surroundings.resolve(text, this.resource);
    if (found === undefined) return undefined;
    const expression = `${reference.expression}.resolve()`;
    if (found['modifierExtension'] !== undefined) this.issues.push(modified(expression));
    return new FhirElement(found, expression, this.issues);
  }

  #full(expression: string): string {
    const type = this.resource.resourceType;
    return expression === type || expression.startsWith(`${type}.`) ? expression : `${type}.${expression}`;
  }
}

/** What a Reference says, for a message: its text, its identifier, or what it shows. */
export function named(reference: FhirElement): string {
  const identifier = reference.value['identifier'] as { value?: unknown } | undefined;
  const name = reference.value['reference'] ?? identifier?.value ?? reference.value['display'];
  return typeof name === 'string' ? name : 'a reference without a target';
}
