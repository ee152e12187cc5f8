import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { rolldown, type RolldownLog } from 'rolldown';

// Parts of kafkajs are replaced by their path when it is loaded (libs/kafka), a native module is a file of its own, and
// TypeORM is loaded to migrate only and would bring the drivers of every database it knows.
const leftOutside = [/^kafkajs(?:\/|$)/, /^@node-rs\//, /^typeorm(?:\/|$)/];

const importsKafkajs =
  'imports kafkajs, which in one file comes before the parts of it that are replaced: take it from libs/kafka.';

/**
 * Puts a service that is compiled, and what it imports, into one file, `apps/<service>/dist/main.bundle.js`: the file
 * that is run. The same code as of a thousand modules starts in two thirds of the time and in 13 MB less of V8's heap
 * (docs/adr/0021). It still needs `node_modules` beside it for the few packages that are left outside.
 *
 * @param root folder of the repository
 * @param service folder under `apps`, compiled
 * @throws Error naming the import that leads nowhere, or a service that imports kafkajs past libs/kafka
 */
export async function bundleService(root: string, service: string): Promise<void> {
  const dist = join(root, 'apps', service, 'dist');
  const bundle = await rolldown({
    cwd: root,
    input: join(dist, 'main.js'),
    platform: 'node',
    external: leftOutside,
    onLog: (_level, log) => refuseUnresolved(service, log),
  });
  const { output } = await bundle.write({
    file: join(dist, 'main.bundle.js'),
    format: 'esm',
    codeSplitting: false,
    comments: false,
    // A single letter beyond Latin-1 would make V8 keep the whole file with two bytes a character.
    charset: 'ascii',
    // A handler is known by the name of its class; two of one name in one file would rename one.
    keepNames: true,
  });
  await bundle.close();
  if (output[0].imports.includes('kafkajs')) throw new Error(`${service} ${importsKafkajs}`);
}

/** Nest tries packages for what is not used here and does without; anything else that is not found is a mistake. */
function refuseUnresolved(service: string, { code, id, message }: RolldownLog): void {
  if (code !== 'UNRESOLVED_IMPORT' || id?.includes('/node_modules/@nestjs/')) return;
  throw new Error(`${service} cannot be bundled: ${message}`);
}

/** Every app that runs as a server, by its tag in Nx: the services and the simulator. */
export function bundledServices(root: string): readonly string[] {
  return globSync('apps/*/package.json', { cwd: root })
    .filter((file) => tagsOf(join(root, file)).some((tag) => tag === 'type:service' || tag === 'type:simulator'))
    .map((file) => basename(dirname(file)))
    .sort();
}

function tagsOf(file: string): readonly string[] {
  const { nx } = JSON.parse(readFileSync(file, 'utf8')) as { readonly nx?: { readonly tags?: readonly string[] } };
  return nx?.tags ?? [];
}

/** `node bundle.ts [service...]`: all of them unless some are named. */
async function main(root: string, named: readonly string[]): Promise<number> {
  const services = named.length === 0 ? bundledServices(root) : named;
  const missing = services.filter((service) => !existsSync(join(root, 'apps', service, 'dist', 'main.js')));
  if (missing.length > 0) {
    process.stderr.write(`Not compiled: ${missing.join(', ')} (run: npx tsc -b)\n`);
    return 1;
  }
  await Promise.all(services.map((service) => bundleService(root, service)));
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main(resolve(import.meta.dirname, '../../../..'), process.argv.slice(2)).catch(
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    },
  );
}
