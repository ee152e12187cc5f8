import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { ReconciliationModule } from './reconciliation.module.js';

await startService({
  name: 'reconciliation',
  module: ReconciliationModule,
  handlers: [],
  migrations: [],
  config,
});
