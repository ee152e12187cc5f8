// npm test
import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'deploy/local/launcher/test-main.ts', args: process.argv.slice(2), needsJava: true });
