import { readConfig, serviceConfig, type ServiceConfig } from '@wardline/service-defaults';

/** The settings of this service, read from the environment. */
export function config(): ServiceConfig {
  return readConfig(serviceConfig, process.env);
}
