import { serviceNames } from '../../deploy/local/config.ts';
import type { DayStack } from '../../deploy/local/demo/day-stack.ts';
import type { HospitalDay } from '../../deploy/local/demo/generator/record.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import { seedSite } from '../../deploy/local/demo/seed-site.ts';
import { dropFolderOf } from '../../deploy/local/launcher/parts.ts';
import type { Server } from '../../deploy/local/platform/server.ts';
import { startPlatform, type Grounds, type OwnPlatform } from '../bench/own-stack.ts';
import { realOdoo } from '../bench/real-odoo.ts';

/** A Wardline of its own, and the processes that it is made of. */
export interface OwnDayStack extends DayStack {
  readonly servers: readonly Server[];
}

/** Starts a Wardline of its own with every edge set up, as `npm start` does, and the hospital in its Odoo. */
export async function startDayStack(
  grounds: Grounds,
  day: HospitalDay,
  kind: 'simulator' | 'real',
): Promise<OwnDayStack> {
  const platform = await startPlatform(grounds);
  const { parts, databases, brokers, registryUrl, config, home } = platform;
  const simulated = kind === 'simulator' ? await simulator(platform) : undefined;
  const odoo = simulated?.address ?? (await realOdoo(grounds));
  grounds.progress('putting the hospital into Odoo');
  await seedSite(odoo, day);
  grounds.progress('starting the services');
  const to = { brokers, registryUrl, odoo };
  const services = await Promise.all(serviceNames.map((name) => parts.service(name, databases[name] ?? '', to)));
  return {
    ...to,
    services: Object.fromEntries(services.map(({ name, url }) => [name, url])),
    ...{ mllpPort: config.WARDLINE_HL7_PORT, dropFolder: dropFolderOf(home) },
    servers: [...platform.servers, ...(simulated === undefined ? [] : [simulated.server]), ...services],
  };
}

async function simulator({
  parts,
  config,
  databases,
}: OwnPlatform): Promise<{ readonly address: OdooAddress; readonly server: Server }> {
  const address = { url: `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`, database: 'wardline', apiKey: 'day' };
  return { address, server: await parts.simulator(databases['odoo-simulator'] ?? '', address) };
}
