// Node's built-ins only: this runs on a fresh clone, under whatever Node the machine has.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../platform/operator-error.mjs';
import { fetchJavaParts, hasJavaParts, requireJava } from '../platform/java-parts.mjs';
import { whenNpmEnds } from './parent.mjs';
import { arePackagesInstalled, installPackages, nodeOf } from './packages.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Brings a fresh clone to the point where the project's own code can run, and goes on there under the project's Node.
 * @param {{ script: string, args: readonly string[], needsJava: boolean }} next `script` is relative to the repository
 */
export async function bootstrap({ script, args, needsJava }) {
  try {
    requireNode();
    if (needsJava) await requireJava();
    await Promise.all([packages(), needsJava ? javaParts() : undefined]);
  } catch (error) {
    process.stderr.write(`${error instanceof OperatorError ? error.message : /** @type {Error} */ (error).stack}\n`);
    process.exit(1);
  }
  const file = join(repository, script);
  if (runsOnProjectNode()) await goOnHere(file, args);
  else goOnWith(nodeOf(repository), file, args);
}

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new OperatorError(
    `Node ${process.versions.node} is too old: install Node 20 or later (the project brings its own Node 24 from there).`,
  );
}

async function packages() {
  if (arePackagesInstalled(repository)) return;
  await told('Installing packages (npm ci)', installPackages(repository));
}

async function javaParts() {
  if (hasJavaParts()) return;
  await told('Getting Kafka and the schema registry (Maven)', fetchJavaParts());
}

/**
 * @param {string} what
 * @param {Promise<void>} work
 */
async function told(what, work) {
  const since = Date.now();
  process.stdout.write(`${what} …\n`);
  await work;
  process.stdout.write(`${what}: done in ${Math.round((Date.now() - since) / 1000)} s\n`);
}

function runsOnProjectNode() {
  const { version } = JSON.parse(readFileSync(join(repository, 'node_modules', 'node', 'package.json'), 'utf8'));
  return process.versions.node === version;
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function goOnHere(file, args) {
  process.argv = [process.argv[0] ?? '', file, ...args];
  await import(file);
}

/**
 * Goes on in a child that hears of our end through its channel, and whose end is ours.
 * @param {string} node
 * @param {string} file
 * @param {readonly string[]} args
 */
function goOnWith(node, file, args) {
  const child = spawn(node, [file, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  whenNpmEnds(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`The project's Node could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
