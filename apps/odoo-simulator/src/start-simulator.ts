import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { SimulatorConfig } from './config.js';
import { OdooSimulatorModule } from './odoo-simulator.module.js';
import { Odoo } from './odoo.js';

/** A running simulator. */
export interface RunningSimulator {
  readonly url: string;
  close(): Promise<void>;
}

/** Prepares the database and listens. */
export async function startSimulator(config: SimulatorConfig): Promise<RunningSimulator> {
  const app = await NestFactory.create<NestExpressApplication>(OdooSimulatorModule.of(config), {
    bodyParser: false,
    logger: ['error', 'warn'],
  });
  app.useBodyParser('text', { type: () => true, limit: '64mb' });
  const odoo = app.get(Odoo);
  await odoo.prepare();
  await app.listen(config.PORT, config.HOST);
  return {
    url: await app.getUrl(),
    close: async () => {
      await app.close();
      await odoo.close();
    },
  };
}
