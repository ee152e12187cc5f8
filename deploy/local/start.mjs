// npm start
import { bootstrap } from './bootstrap/bootstrap.mjs';

const { KAFKA_BROKERS, SCHEMA_REGISTRY_URL } = process.env;
await bootstrap({
  script: 'deploy/local/launcher/start-main.ts',
  args: process.argv.slice(2),
  needsJava: !KAFKA_BROKERS || !SCHEMA_REGISTRY_URL,
});
