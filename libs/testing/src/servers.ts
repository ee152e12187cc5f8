import { serversAddress } from './config.js';
import type { ServerName } from './global-setup.js';

/** A real server of this test run, shared by all its files. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** PostgreSQL of this run; `url` is the administrator's. Starts it at the first call. */
export function databaseServer(): Promise<TestServer> {
  return askFor('postgres');
}

/** Apache Kafka of this run; `url` is its bootstrap address `host:port`. Topics are not created by themselves. */
export function testKafka(): Promise<TestServer> {
  return askFor('kafka');
}

/** The schema registry of this run; `url` is its Confluent-compatible base address. */
export function testRegistry(): Promise<TestServer> {
  return askFor('registry');
}

async function askFor(name: ServerName): Promise<TestServer> {
  const address = serversAddress();
  if (address === undefined) {
    throw new Error(
      `A test asked for ${name}, but this run starts no servers: name the file *.int.spec.ts, *.contract.spec.ts or *.e2e.spec.ts`,
    );
  }
  const response = await fetch(`${address}/${name}`);
  if (!response.ok) throw new Error(`${name} for tests could not be started: ${await response.text()}`);
  return (await response.json()) as TestServer;
}
