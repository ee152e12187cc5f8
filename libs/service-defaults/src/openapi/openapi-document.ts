import { z } from 'zod';
import type { RouteDescription } from './describes.js';
import type { Route } from './routes.js';

type Json = Record<string, unknown>;

/** Which service a document is of. */
export interface DocumentedService {
  readonly name: string;
  readonly version: string;
}

/**
 * The OpenAPI 3.1 document of a service. Its schemas are JSON Schema 2020-12, the dialect of OpenAPI 3.1 (OpenAPI 3.1.1,
 * section 4.8.24), made from the zod schemas that check the requests; nothing is written twice.
 */
export function openApiDocument(service: DocumentedService, routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route);
  return {
    openapi: '3.1.1',
    info: { title: service.name, version: service.version },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: { schemas: { Refusal: schemaOf(refusal, 'output') } },
  };
}

// What Nest answers for an exception of its own kinds.
const refusal = z.object({
  statusCode: z.number().int(),
  message: z.union([z.string(), z.array(z.string())]),
  error: z.string().optional(),
});

function operationOf({ path, status, operationId, description }: Route): Json {
  const parameters = [...pathParameters(path, description), ...queryParameters(description)];
  const asksSomething = parameters.length > 0 || description?.body !== undefined;
  const refusals = { ...(asksSomething && { 400: 'The request names something wrong.' }), ...description?.refusals };
  return {
    operationId,
    ...(description && { summary: description.summary }),
    ...(parameters.length > 0 && { parameters }),
    ...(description?.body && { requestBody: { required: true, content: json(schemaOf(description.body, 'input')) } }),
    responses: {
      [status]: { description: 'The answer.', ...answerContent(description) },
      ...Object.fromEntries(Object.entries(refusals).map(([code, when]) => [code, refused(when)])),
    },
  };
}

function answerContent(description: RouteDescription | undefined): Json {
  if (description === undefined) return {};
  const { answer } = description;
  return { content: typeof answer === 'string' ? { [answer]: {} } : json(schemaOf(answer, 'output')) };
}

function refused(when: string): Json {
  return { description: when, content: json({ $ref: '#/components/schemas/Refusal' }) };
}

function pathParameters(path: string, description: RouteDescription | undefined): Json[] {
  const schemas = description?.params === undefined ? {} : propertiesOf(description.params).properties;
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: schemas[name!] ?? { type: 'string' },
  }));
}

function queryParameters(description: RouteDescription | undefined): Json[] {
  if (description?.query === undefined) return [];
  const { properties, required } = propertiesOf(description.query);
  return Object.entries(properties).map(([name, { description: text, ...schema }]) => ({
    ...{ name, in: 'query', required: required.includes(name) },
    ...(text !== undefined && { description: text }),
    schema,
  }));
}

function propertiesOf(schema: z.ZodObject): { properties: Record<string, Json>; required: string[] } {
  const { properties, required } = schemaOf(schema, 'input');
  return {
    properties: (properties ?? {}) as Record<string, Json>,
    required: (required ?? []) as string[],
  };
}

/** What goes in is what is given before defaults and conversions, what goes out what is sent. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
