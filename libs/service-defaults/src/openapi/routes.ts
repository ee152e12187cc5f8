import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { descriptionOf, type RouteDescription } from './describes.js';

/** A route as Nest serves it. */
export interface Route {
  /** In lower case: get, post. */
  readonly method: string;
  /** As OpenAPI writes it: `/parked/{exceptionId}`. */
  readonly path: string;
  readonly status: number;
  /** Controller and method: unique within a service. */
  readonly operationId: string;
  readonly description: RouteDescription | undefined;
}

/** The routes of a controller class, from what Nest's decorators noted on it. */
export function routesOf(controller: Type<unknown>): Route[] {
  const prefix = pathsIn(Reflect.getMetadata(PATH_METADATA, controller))[0] ?? '';
  const methods = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(methods).flatMap((name) => {
    const method = Object.getOwnPropertyDescriptor(methods, name)?.value as unknown;
    if (typeof method !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, method)) return [];
    const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod].toLowerCase();
    const usual = verb === 'post' ? 201 : 200;
    return pathsIn(Reflect.getMetadata(PATH_METADATA, method)).map((path) => ({
      method: verb,
      path: openApiPath(prefix, path),
      status: (Reflect.getMetadata(HTTP_CODE_METADATA, method) as number | undefined) ?? usual,
      operationId: `${controller.name.replace(/Controller$/, '')}.${name}`,
      description: descriptionOf(method),
    }));
  });
}

function pathsIn(noted: unknown): string[] {
  return [noted].flat().filter((path) => typeof path === 'string');
}

/** Nest's `:name` is OpenAPI's `{name}`. */
function openApiPath(prefix: string, path: string): string {
  const parts = [prefix, path].flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${parts.map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;
}
