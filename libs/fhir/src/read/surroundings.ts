import { isResource, type FhirResource } from '../resource/parse.js';

/** The resources that came in the same bundle, found by what references call them. */
export class Surroundings {
  static readonly none = new Surroundings([]);
  readonly #named = new Map<string, FhirResource>();

  constructor(entries: readonly { readonly fullUrl: string | undefined; readonly resource: FhirResource }[]) {
    for (const { fullUrl, resource } of entries) {
      if (fullUrl !== undefined) this.#add(fullUrl, resource);
      if (typeof resource['id'] === 'string') this.#add(`${resource.resourceType}/${resource['id']}`, resource);
    }
  }

  /**
   * What a reference names: `#id` in the resource itself, a fullUrl (`urn:uuid:...` or an address), or `Type/id`, with or
   * without a version. Source: R4 and R5, "Bundle", resolving references.
   */
  resolve(reference: string, from: FhirResource): FhirResource | undefined {
    if (reference.startsWith('#')) return contained(from, reference.slice(1));
    const unversioned = reference.replace(/\/_history\/[^/]+$/, '');
    return this.#named.get(unversioned) ?? this.#named.get(relative(unversioned));
  }

  #add(name: string, resource: FhirResource): void {
    if (!this.#named.has(name)) this.#named.set(name, resource);
  }
}

// An address of the source's own server means what `Type/id` means within it.
function relative(reference: string): string {
  return /([A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1] ?? reference;
}

function contained(resource: FhirResource, id: string): FhirResource | undefined {
  const all: readonly unknown[] = Array.isArray(resource['contained']) ? resource['contained'] : [];
  return all.find((one): one is FhirResource => isResource(one) && one['id'] === id);
}
