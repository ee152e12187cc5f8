import { provisionTopics, registerSchemas } from '@wardline/kafka';

/** Kafka's own word for "as the broker is set up to do". */
const brokersDefault = -1;

/** Creates the catalogue's topics and registers its schemas where they are missing; answers warnings for a person. */
export async function provisionContracts(brokers: string, registryUrl: string): Promise<readonly string[]> {
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const connection = { brokers: brokers.split(',').map((broker) => broker.trim()), clientId: 'wardline-launcher' };
  const [{ mismatches }] = await Promise.all([
    provisionTopics({ ...connection, replicationFactor: brokersDefault, log }),
    registerSchemas({ registryUrl }),
  ]);
  return mismatches;
}

function ignore(): void {
  // What matters is answered or thrown.
}
