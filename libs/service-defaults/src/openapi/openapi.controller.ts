import { Controller, Get, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { releaseOfWardline } from '../diagnosis.controller.js';
import { ServiceStatus } from '../service-status.js';
import { Describes } from './describes.js';
import { openApiDocument } from './openapi-document.js';
import { routesOf, type Route } from './routes.js';
import { z } from 'zod';

/** `GET /openapi.json`: every route of the service, described by the schemas that it checks requests with. */
@Controller()
export class OpenApiController {
  #document: Record<string, unknown> | undefined;

  constructor(
    private readonly status: ServiceStatus,
    private readonly modules: ModulesContainer,
  ) {}

  @Get('openapi.json')
  @Describes({
    summary: 'This document (OpenAPI 3.1)',
    answer: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
  })
  document(): Record<string, unknown> {
    return (this.#document ??= openApiDocument({ name: this.status.name, version: releaseOfWardline }, this.routes()));
  }

  /** What Nest serves, whichever module it comes from. */
  routes(): Route[] {
    const controllers = [...this.modules.values()].flatMap((module) => [...module.controllers.values()]);
    return controllers.flatMap(({ metatype }) => routesOf(metatype as Type<unknown>));
  }
}
