import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { ProcureToPayModule } from './procure-to-pay.module.js';

await startService({
  name: 'procure-to-pay',
  module: ProcureToPayModule,
  handlers: [],
  migrations: [],
  config,
});
