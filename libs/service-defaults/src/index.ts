export { parseRequest } from './asked.js';
export { BadConfiguration, readConfig, serviceConfig, type ServiceConfig } from './config.js';
export { Describes, type RouteDescription } from './openapi/describes.js';
export { ProblemDocument, ProblemDocuments, type Problem } from './problem-document.js';
export { ServiceModule, type Platform } from './service.module.js';
export { ServiceStatus, type Health } from './service-status.js';
export { startService, type ServiceOptions } from './start-service.js';
export { CLOCK, LOG, METRICS } from './tokens.js';
