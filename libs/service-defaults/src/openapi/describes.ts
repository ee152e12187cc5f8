import 'reflect-metadata';
import type { z } from 'zod';

/** What a route takes and answers: the zod schemas that check its requests, and the one that its answer keeps to. */
export interface RouteDescription {
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** Parameters of the path; those without a schema are text. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The answer when all is well: JSON by a schema, or the content type of anything else. */
  readonly answer: z.ZodType | string;
  /** Other answers, by status: when they are given. What is wrong in a request (400) needs no mention. */
  readonly refusals?: Readonly<Record<number, string>>;
}

const description = Symbol('wardline:route-description');

/** Describes a route of a controller for `/openapi.json`. */
export function Describes(route: RouteDescription): MethodDecorator {
  return (_prototype, _name, descriptor) => {
    Reflect.defineMetadata(description, route, descriptor.value as object);
  };
}

/** How a controller's method is described; undefined for none. */
export function descriptionOf(method: object): RouteDescription | undefined {
  return Reflect.getMetadata(description, method) as RouteDescription | undefined;
}
