import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { migrations } from './migrations.js';
import { handlers, OdooAdapterModule } from './odoo-adapter.module.js';

await startService({ name: 'odoo-adapter', module: OdooAdapterModule, handlers, migrations, config });
