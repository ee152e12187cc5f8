import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { handlers, InventorySyncModule } from './inventory-sync.module.js';
import { migrations } from './migrations.js';

await startService({ name: 'inventory-sync', module: InventorySyncModule, handlers, migrations, config });
