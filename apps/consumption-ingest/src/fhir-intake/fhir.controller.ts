import { IncomingMessage, ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { capabilityStatement, readBundle, readResource, type FhirSource, type Reading } from '@wardline/fhir';
import { Database } from '@wardline/outbox';
import { parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { refusal, type FhirAnswer } from './fhir-answer.js';
import { FhirExchange, unknownSource, type FhirRequest } from './fhir-exchange.js';
import { FhirResourceStore, type ResourceView } from './fhir-resource.store.js';
import { FHIR_SETTINGS, type FhirSettings } from './fhir-settings.js';
import { readBody } from './request-body.js';

const listQuery = z.strictObject({
  outcome: z.enum(['taken', 'refused']).nullable().default(null),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const previewBody = z.strictObject({
  version: z.enum(['R4', 'R5']),
  source: z.string(),
  resource: z.looseObject({ resourceType: z.string().min(1) }),
});

/** The day this interface was made, which a CapabilityStatement has to tell. */
const published = '2026-11-22';

/** FHIR R4 and R5 over HTTP, what became of resources, and what a resource would become. */
@Controller('fhir')
export class FhirController {
  constructor(
    private readonly database: Database,
    private readonly resources: FhirResourceStore,
    private readonly exchange: FhirExchange,
    @Inject(FHIR_SETTINGS) private readonly settings: FhirSettings | null,
  ) {}

  @Get('resources')
  list(@Query() query: unknown): Promise<ResourceView[]> {
    const asked = parseRequest(listQuery, query);
    return this.database.transaction((tx) => this.resources.list(tx, asked));
  }

  @Get('sources')
  sources(): readonly FhirSource[] {
    return this.settings?.sources ?? [];
  }

  /** Nothing is kept and nothing sent: for whoever writes a mapping. */
  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: unknown): { readonly readings: readonly Reading[]; readonly problem?: string } {
    const { version, source: name, resource } = parseRequest(previewBody, body);
    const source = this.sources().find((one) => one.name === name);
    if (source === undefined) throw new NotFoundException(unknownSource(name, this.sources()));
    if (resource.resourceType !== 'Bundle') return { readings: [readResource(source, version, resource)] };
    const bundle = readBundle(version, resource);
    if (!bundle.ok) return { readings: [], problem: bundle.problem };
    const brought = bundle.entries.flatMap((entry) => entry.resource ?? []);
    return { readings: brought.map((one) => readResource(source, version, one, bundle.surroundings)) };
  }

  @Get(':version/metadata')
  metadata(@Param('version') version: string, @Res() response: ServerResponse): void {
    const names = this.sources().map(({ name }) => name);
    if (version === 'R4' || version === 'R5')
      send(response, { status: 200, body: capabilityStatement(version, published, names) });
    else send(response, refusal(404, 'not-found', `There is no endpoint for FHIR version ${version}.`));
  }

  @Post(':version/:source')
  bundle(@Req() request: IncomingMessage, @Param() address: Address, @Res() response: ServerResponse): Promise<void> {
    return this.#take('POST', request, address, response);
  }

  @Post(':version/:source/:type')
  create(@Req() request: IncomingMessage, @Param() address: Address, @Res() response: ServerResponse): Promise<void> {
    return this.#take('POST', request, address, response);
  }

  @Put(':version/:source/:type/:id')
  update(@Req() request: IncomingMessage, @Param() address: Address, @Res() response: ServerResponse): Promise<void> {
    return this.#take('PUT', request, address, response);
  }

  async #take(
    method: FhirRequest['method'],
    request: IncomingMessage,
    address: Address,
    response: ServerResponse,
  ): Promise<void> {
    const text = await readBody(request, address.version);
    send(response, typeof text === 'string' ? await this.exchange.answer({ method, ...address, text }) : text);
  }
}

type Address = Pick<FhirRequest, 'version' | 'source' | 'type' | 'id'>;

function send(response: ServerResponse, { status, headers, body }: FhirAnswer): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
