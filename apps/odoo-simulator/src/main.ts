import './good-neighbour.js';
import 'reflect-metadata';
import { readConfig } from './config.js';
import { startSimulator } from './start-simulator.js';

try {
  const simulator = await startSimulator(readConfig());
  process.stdout.write(`Odoo simulator ready at ${simulator.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
