import type { Log } from '@wardline/event-handling';
import {
  operationOutcome,
  parseResource,
  readBundle,
  readResource,
  stockTypes,
  type EntryAnswer,
  type FhirResource,
  type FhirSource,
  type FhirVersion,
} from '@wardline/fhir';
import { isDatabaseOutage } from '@wardline/outbox';
import { exchangeBatch, exchangeNotification, exchangeTransaction } from './bundle-exchange.js';
import { errorOf, locationOf, refusal, statusOf, type FhirAnswer } from './fhir-answer.js';
import type { FhirIntake } from './fhir-intake.js';

/** What was asked over HTTP. */
export interface FhirRequest {
  readonly method: 'POST' | 'PUT';
  readonly version: string;
  readonly source: string;
  /** Of a single resource; with PUT also its id. Undefined for a bundle. */
  readonly type?: string;
  readonly id?: string;
  readonly text: string;
}

const away = 'It could not be kept just now and was not taken. Send it again.';

/** Takes resources and bundles as FHIR's RESTful API brings them, and answers as it says; no HTTP of its own. */
export class FhirExchange {
  constructor(
    private readonly sources: readonly FhirSource[],
    private readonly intake: FhirIntake,
    private readonly log: Log,
  ) {}

  /** The answer to a request. Never throws: what the database is away with becomes 503, and the sender repeats. */
  async answer(request: FhirRequest): Promise<FhirAnswer> {
    const { version, source: name, text } = request;
    if (version !== 'R4' && version !== 'R5')
      return refusal(404, 'not-found', `There is no endpoint for FHIR version ${version}; there are R4 and R5.`);
    const source = this.sources.find((one) => one.name === name);
    if (source === undefined) return refusal(404, 'not-found', unknownSource(name, this.sources));
    const parsed = parseResource(text);
    if (!parsed.ok) return refusal(400, 'invalid', parsed.problem);
    try {
      return request.type === undefined
        ? await this.#bundle(source, version, parsed.resource)
        : await this.#single(source, version, request, parsed.resource);
    } catch (error) {
      const [code = 500, words = ''] = this.#failed(error).status.split(/ (.*)/);
      const body = operationOutcome([errorOf(words === 'Service Unavailable' ? 'transient' : 'processing', away)]);
      return { status: Number(code), headers: { 'retry-after': '5' }, body };
    }
  }

  async #single(
    source: FhirSource,
    version: FhirVersion,
    request: FhirRequest,
    resource: FhirResource,
  ): Promise<FhirAnswer> {
    const misaddressed = addressProblem(version, request, resource);
    if (misaddressed !== null) return misaddressed;
    const [taken] = await this.intake.take(source.name, [readResource(source, version, resource)]);
    const location = locationOf(version, taken!);
    const headers = location === undefined ? {} : { headers: { location } };
    return { status: statusOf(taken!)[0], ...headers, body: operationOutcome(taken!.issues) };
  }

  async #bundle(source: FhirSource, version: FhirVersion, resource: FhirResource): Promise<FhirAnswer> {
    if (resource.resourceType !== 'Bundle')
      return refusal(400, 'invalid', `The body is a ${resource.resourceType}; a Bundle is due here.`, 'resourceType');
    const bundle = readBundle(version, resource);
    if (!bundle.ok) return refusal(422, 'not-supported', bundle.problem, 'Bundle.type');
    const received = { source, version, bundle, failed: (error: unknown): EntryAnswer => this.#failed(error) };
    switch (bundle.use) {
      case 'transaction':
        return exchangeTransaction(this.intake, received);
      case 'batch':
        return exchangeBatch(this.intake, received);
      case 'notification':
        return exchangeNotification(this.intake, received);
    }
  }

  #failed(error: unknown): EntryAnswer {
    this.log.error(`a FHIR resource was not taken: ${(error as Error).message}`);
    return isDatabaseOutage(error)
      ? { status: '503 Service Unavailable', issues: [errorOf('transient', away)] }
      : { status: '500 Internal Server Error', issues: [errorOf('processing', away)] };
  }
}

function addressProblem(version: FhirVersion, request: FhirRequest, resource: FhirResource): FhirAnswer | null {
  const { type = '', id, method } = request;
  const types = stockTypes(version);
  if (!types.includes(type))
    return refusal(404, 'not-supported', `A ${type} is not taken in ${version}; taken are ${types.join(', ')}.`);
  if (resource.resourceType !== type) {
    const what = `The body is a ${resource.resourceType}, and the address is of a ${type}.`;
    return refusal(400, 'invalid', what, 'resourceType');
  }
  if (method === 'POST' || resource['id'] === id) return null;
  const what = `The address names ${type}/${id}, and the resource has the id ${String(resource['id'])}.`;
  return refusal(400, 'invalid', what, `${type}.id`);
}

/** What is said where nobody knows a source. */
export function unknownSource(name: string, sources: readonly FhirSource[]): string {
  const known =
    sources.length === 0
      ? 'there is none: FHIR_SOURCES is not set'
      : `there are ${sources.map((one) => one.name).join(', ')}`;
  return `There is no FHIR source ${name}; ${known}. Whoever keeps the mappings must add one.`;
}
