import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { FinancePostingModule } from './finance-posting.module.js';

await startService({
  name: 'finance-posting',
  module: FinancePostingModule,
  handlers: [],
  migrations: [],
  config,
});
