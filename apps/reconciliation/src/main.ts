import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { migrations } from './migrations.js';
import { handlers, ReconciliationModule } from './reconciliation.module.js';

await startService({ name: 'reconciliation', module: ReconciliationModule, handlers, migrations, config });
