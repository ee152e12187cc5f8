import { startService } from '@wardline/service-defaults';
import { config } from './config.js';
import { ConsumptionIngestModule, handlers } from './consumption-ingest.module.js';
import { migrations } from './migrations.js';

await startService({ name: 'consumption-ingest', module: ConsumptionIngestModule, handlers, migrations, config });
