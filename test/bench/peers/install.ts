import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../../../deploy/local/config.ts';

const run = promisify(execFile);
const folder = import.meta.dirname;
const debezium = join(folder, 'debezium');

/** Jars of Kafka Connect, Debezium and Kafka's tools. */
export const peerJars = join(debezium, 'target', 'jars');

/** Gets the peers' packages with npm and their jars with Maven, unless they are there already. */
export async function installPeers(progress: (line: string) => void): Promise<void> {
  await once(join(folder, 'package-lock.json'), join(folder, 'node_modules', '.installed'), async () => {
    progress('installing the peers: npm');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      env: inheritedEnvironment(),
    });
  });
  const pom = join(debezium, 'pom.xml');
  await once(pom, join(debezium, 'target', 'complete'), async () => {
    progress('installing the peers: Maven');
    await run('mvn', ['-q', '-B', '-ntp', '-f', pom, 'package'], { maxBuffer: 16 * 1024 * 1024 });
  });
}

/** Does the work when the file has changed since it was last done. */
async function once(file: string, stamp: string, work: () => Promise<void>): Promise<void> {
  const wanted = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await work();
  writeFileSync(stamp, wanted);
}
