import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Missed } from '../missed.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const modules = join(repository, 'node_modules');

/** What a change of it may do to a message. */
const deliveryPath = ['libs/event-handling/src', 'libs/outbox/src', 'libs/kafka/src'];
/** What a player of that version is made of. */
const parts = ['package.json', 'tsconfig.base.json', 'libs', 'test/chaos'];

let building: Promise<string> | undefined;

/**
 * The player of the version before the last committed change of the delivery path, with the libraries of that version, built
 * from the history of this repository. Throws {@link Missed} where the history is not here, as in a shallow clone. What it
 * needs of others it takes from today's node_modules.
 */
export function earlierPlayer(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const commit = await earlierCommit();
  const folder = join(repository, '.wardline', 'earlier', commit);
  const player = join(folder, 'test', 'chaos', 'cast', 'player.ts');
  if (existsSync(player)) return player;
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await git('archive', '-o', `${fresh}.tar`, commit, ...parts);
  await run('tar', ['-xf', `${fresh}.tar`, '-C', fresh]);
  rmSync(`${fresh}.tar`);
  linkModules(fresh);
  await run(process.execPath, [join(modules, 'typescript', 'bin', 'tsc'), '-b', 'libs/outbox', 'libs/kafka'], fresh);
  renameSync(fresh, folder);
  return player;
}

async function earlierCommit(): Promise<string> {
  try {
    const last = await git('rev-list', '-1', 'HEAD', '--', ...deliveryPath);
    return await git('rev-parse', '--verify', `${last}^{commit}^`);
  } catch (error) {
    throw new Missed(`the version before this one is not in the history here: ${(error as Error).message}`);
  }
}

/** Everybody else's packages are ours, our own are those of that version. */
function linkModules(folder: string): void {
  const own = join(folder, 'node_modules', '@wardline');
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(folder, 'libs'))) symlinkSync(join('..', '..', 'libs', name), join(own, name));
  for (const name of readdirSync(modules).filter((name) => !name.startsWith('.') && name !== '@wardline'))
    symlinkSync(join(modules, name), join(dirname(own), name));
}

async function git(...args: string[]): Promise<string> {
  return (await run('git', args)).trim();
}

async function run(command: string, args: readonly string[], cwd = repository): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
