// Node's built-ins only: this also runs before anything is installed.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OperatorError } from './operator-error.mjs';

/** @typedef {Error & { code?: string | number; stdout?: string; stderr?: string }} CommandFailure */

const run = promisify(execFile);
const home = fileURLToPath(new URL('..', import.meta.url));
const target = join(home, 'target');
const complete = join(target, 'complete');

/** @type {Promise<void> | undefined} */
let fetched;

/** Folder of Kafka's jars. */
export function kafkaJars() {
  return join(target, 'kafka');
}

/** The registry's runnable jar. */
export function registryJar() {
  const jar = readdirSync(join(target, 'registry')).find((file) => file.endsWith('-runner.jar'));
  if (jar === undefined)
    throw new Error(`The registry's jar is missing in ${target}; delete that folder and start again.`);
  return join(target, 'registry', jar);
}

/**
 * Gets Kafka and the registry with Maven, unless `target/` already holds what the pom names.
 * @returns {Promise<void>}
 */
export function fetchJavaParts() {
  fetched ??= hasJavaParts() ? Promise.resolve() : fetchWithMaven();
  return fetched;
}

/** Whether `target/` holds everything that the pom names. */
export function hasJavaParts() {
  return existsSync(complete) && readFileSync(complete, 'utf8') === pomHash();
}

async function fetchWithMaven() {
  rmSync(target, { recursive: true, force: true });
  try {
    await run('mvn', ['-q', '-B', '-ntp', '-f', join(home, 'pom.xml'), 'package'], { maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    throw mavenFailure(/** @type {CommandFailure} */ (error));
  }
  writeFileSync(complete, pomHash());
}

/** @param {CommandFailure} error */
function mavenFailure(error) {
  if (error.code === 'ENOENT') {
    return new OperatorError(
      'Maven is missing: it brings Kafka and the registry. Install it (Debian: apt install maven) and start again.',
    );
  }
  const said = `${error.stdout ?? ''}\n${error.stderr ?? ''}`;
  if (/No space left/.test(said)) {
    return new OperatorError(`The disk is full: make room for ${target} (about 300 MB) and start again.`);
  }
  const first =
    said
      .split('\n')
      .find((line) => line.includes('ERROR'))
      ?.trim() ?? error.message;
  return new OperatorError(
    `Maven could not get Kafka and the registry: check the network, or the mirror in ~/.m2/settings.xml. It said: ${first}`,
  );
}

function pomHash() {
  return createHash('sha256')
    .update(readFileSync(join(home, 'pom.xml')))
    .digest('hex');
}

/** Refuses a machine without Java 17 or later. */
export async function requireJava() {
  const advice =
    'Kafka and the registry need Java 17 or later. Install it (Debian: apt install openjdk-17-jre-headless)';
  const { stderr } = await run('java', ['-version']).catch(() => {
    throw new OperatorError(`Java is missing. ${advice} and start again.`);
  });
  const version = /version "(?:1\.)?(\d+)/.exec(stderr)?.[1];
  if (version === undefined || Number(version) >= 17) return;
  throw new OperatorError(`Java ${version} is too old. ${advice} and put it first on the PATH.`);
}
