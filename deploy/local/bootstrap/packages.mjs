// Node's built-ins only: this runs before anything is installed.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '../platform/operator-error.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @typedef {Error & { code?: string | number, stdout?: string, stderr?: string }} CommandFailure
 */

/**
 * Whether `node_modules/` holds what package-lock.json says: npm notes there what it has installed.
 * @param {string} repository
 */
export function arePackagesInstalled(repository) {
  const note = join(repository, 'node_modules', '.package-lock.json');
  if (!existsSync(note) || !existsSync(nodeOf(repository))) return false;
  const installed = packagesOf(note);
  return Object.entries(packagesOf(join(repository, 'package-lock.json'))).every(
    ([path, wanted]) =>
      !path.startsWith('node_modules/') ||
      wanted.optional ||
      wanted.devOptional ||
      (path in installed && installed[path]?.version === wanted.version),
  );
}

/**
 * Installs exactly what package-lock.json says.
 * @param {string} repository
 */
export async function installPackages(repository) {
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await promisify(execFile)('npm', ['ci', ...options], { cwd: repository, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw installFailure(/** @type {CommandFailure} */ (error));
  }
  if (existsSync(nodeOf(repository))) return;
  throw new OperatorError(
    'npm did not install the project\'s Node (package "node"): are install scripts switched off? Try: npm ci --ignore-scripts=false',
  );
}

/**
 * The Node that the project is pinned to.
 * @param {string} repository
 */
export function nodeOf(repository) {
  return join(repository, 'node_modules', 'node', 'bin', 'node');
}

/** @param {CommandFailure} error */
function installFailure(error) {
  if (error.code === 'ENOENT')
    return new OperatorError('npm is missing. Install Node 20 or later with npm and start again.');
  const said = `${error.stderr ?? ''}\n${error.stdout ?? ''}`;
  if (/ENOSPC/.test(said))
    return new OperatorError('The disk is full: make room for node_modules (about 1 GB) and start again.');
  const lines = said.split('\n').filter((line) => line.startsWith('npm error') && !line.includes('A complete log'));
  return new OperatorError(
    `npm could not install the packages: check the network or your npm registry setting. It said:\n${lines.slice(0, 6).join('\n')}`,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}
