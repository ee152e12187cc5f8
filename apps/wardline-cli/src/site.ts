import type { Log } from '@wardline/event-handling';
import type { KafkaConnection, RegistryConnection } from '@wardline/kafka';
import { readSettings, type Settings } from './config.js';
import { wrongUse } from './exit.js';
import { ServiceClient } from './services/service-client.js';
import { processTerminal, type Terminal } from './terminal/terminal.js';

/** One installation of Wardline as a command reaches it. */
export interface Site {
  readonly settings: Settings;
  readonly kafka: KafkaConnection;
  readonly registry: RegistryConnection;
  readonly services: readonly ServiceClient[];
  readonly terminal: Terminal;
  /** Of the libraries: warnings are notes, the rest is silent. */
  readonly log: Log;
}

/** The installation that the settings name. Connects to nothing yet; throws wrong use for bad settings. */
export function openSite(configDirectory: string, profile: string | undefined): Site {
  const settings = readSettings(configDirectory, profile);
  const terminal = processTerminal();
  const note = (message: string) => terminal.note(message);
  return {
    settings,
    terminal,
    kafka: kafkaConnection(settings),
    registry: {
      registryUrl: settings.registryUrl,
      ...(settings.registryAuth && { auth: settings.registryAuth }),
    },
    services: Object.entries(settings.services).map(([name, url]) => new ServiceClient(name, url)),
    log: { debug: ignore, info: ignore, warn: note, error: note },
  };
}

/** The service of a name; throws wrong use that lists those there are. */
export function serviceOf({ services }: Site, name: string): ServiceClient {
  const found = services.find((service) => service.name === name);
  if (found !== undefined) return found;
  const names = services.map((service) => service.name).join(', ');
  throw wrongUse(`there is no service ${name}; there are ${names} (WARDLINE_SERVICES adds others)`);
}

function kafkaConnection({ brokers, tls, sasl }: Settings): KafkaConnection {
  return {
    brokers,
    clientId: 'wardline-cli',
    ssl: tls,
    ...(sasl && { sasl: sasl as NonNullable<KafkaConnection['sasl']> }),
  };
}

function ignore(): void {
  // not for the person at the terminal
}
