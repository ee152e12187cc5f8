import type { KafkaConnection } from '@wardline/kafka';
import type { ServiceConfig } from './config.js';

/** How to reach Kafka, from the settings. */
export function kafkaConnection(clientId: string, config: ServiceConfig): KafkaConnection {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const sasl =
    mechanism === undefined ? {} : { sasl: { mechanism, username: username ?? '', password: password ?? '' } };
  return { brokers: config.KAFKA_BROKERS, clientId, ssl: config.KAFKA_TLS, ...sasl };
}

/** How to reach the schema registry, from the settings. */
export function registryConnection(config: ServiceConfig): {
  url: string;
  auth?: { username: string; password: string };
} {
  const { SCHEMA_REGISTRY_URL: url, SCHEMA_REGISTRY_USERNAME: username, SCHEMA_REGISTRY_PASSWORD: password } = config;
  return username === undefined ? { url } : { url, auth: { username, password: password ?? '' } };
}
