import type { KafkaConnection, RegistryConnection } from '@wardline/kafka';
import type { ServiceConfig } from './config.js';

/** How to reach Kafka, from the settings. */
export function kafkaConnection(clientId: string, config: ServiceConfig): KafkaConnection {
  const {
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: username = '',
    KAFKA_SASL_PASSWORD: password = '',
  } = config;
  const connection = { brokers: config.KAFKA_BROKERS, clientId, ssl: config.KAFKA_TLS };
  if (mechanism === undefined) return connection;
  return { ...connection, sasl: { mechanism, username, password } as NonNullable<KafkaConnection['sasl']> };
}

/** How to reach the schema registry, from the settings. */
export function registryConnection(config: ServiceConfig): RegistryConnection {
  const {
    SCHEMA_REGISTRY_URL: registryUrl,
    SCHEMA_REGISTRY_USERNAME: username,
    SCHEMA_REGISTRY_PASSWORD: password = '',
  } = config;
  return username === undefined ? { registryUrl } : { registryUrl, auth: { username, password } };
}
