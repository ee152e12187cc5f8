import { join } from 'node:path';
import { repository, serviceNames, type ServiceName } from '../../deploy/local/config.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import { canListen } from '../../deploy/local/platform/port.ts';
import { startPlatform, type Grounds, type OwnPlatform } from '../bench/own-stack.ts';
import { realOdoo } from '../bench/real-odoo.ts';
import type { HospitalDay } from './generator/record.ts';
import { seedSite } from './site.ts';

/** Where everything of a Wardline with all its ways in is reached. */
export interface DayStack {
  readonly brokers: string;
  readonly registryUrl: string;
  readonly odoo: OdooAddress;
  readonly services: Readonly<Record<string, string>>;
  readonly mllpPort: number;
  readonly dropFolder: string;
}

/** Which Odoo, and how patient with it. */
export interface StackOptions {
  readonly odoo: 'simulator' | 'real';
}

/** Starts a Wardline of its own with every edge set up, and the hospital in its Odoo. */
export async function startDayStack(grounds: Grounds, day: HospitalDay, options: StackOptions): Promise<DayStack> {
  const platform = await startPlatform(grounds);
  const odoo = options.odoo === 'real' ? await realOdoo(grounds) : await simulator(platform);
  grounds.progress('putting the hospital into Odoo');
  await seedSite(odoo, day);
  grounds.progress('starting the services');
  const mllpPort = await freePort();
  const dropFolder = join(grounds.directory, 'drop');
  const settings = settingsOf({ mllpPort, dropFolder, ...options });
  const { parts, databases, brokers, registryUrl } = platform;
  const to = { brokers, registryUrl, odoo };
  const servers = await Promise.all(
    serviceNames.map((name) => parts.service(name, databases[name] ?? '', to, settings[name])),
  );
  return { ...to, services: Object.fromEntries(servers.map(({ name, url }) => [name, url])), mllpPort, dropFolder };
}

async function simulator({ parts, config, databases }: OwnPlatform): Promise<OdooAddress> {
  const odoo = { url: `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`, database: 'wardline', apiKey: 'day' };
  await parts.simulator(databases['odoo-simulator'] ?? '', odoo);
  return odoo;
}

type Settings = Partial<Record<ServiceName, Readonly<Record<string, string>>>>;

function settingsOf({ mllpPort, dropFolder }: { mllpPort: number; dropFolder: string } & StackOptions): Settings {
  return {
    'consumption-ingest': {
      HL7_MLLP_PORT: String(mllpPort),
      HL7_PROFILES: join(repository, 'libs', 'hl7v2', 'src', 'example-profiles'),
      HL7_PSEUDONYM_KEY: 'the day of a hospital that does not exist',
      FHIR_SOURCES: join(repository, 'libs', 'fhir', 'src', 'example-sources'),
      FILE_DROP: dropFolder,
      FILE_FEEDS: join(import.meta.dirname, 'feeds'),
      FILE_POLL: '1s',
    },
  };
}

// Below the range from which outgoing connections get theirs.
async function freePort(): Promise<number> {
  for (let port = 30_100 + Math.floor(Math.random() * 1_900); ; port += 1) if (await canListen(port)) return port;
}
