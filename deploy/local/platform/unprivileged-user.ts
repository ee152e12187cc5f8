import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { spawnSync } from 'node:child_process';
import { OperatorError } from './operator-error.mjs';

/** A command with the user it is to be run as. */
export interface CommandAsUser {
  readonly command: string;
  readonly args: readonly string[];
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** The user that PostgreSQL runs as when we are root, which it refuses to be; undefined when we are not root. */
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  throw new OperatorError(
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody". Run as an ordinary user.',
  );
}

/**
 * Wraps a command so that it runs as `user` even where that user may not enter the folders above the paths it needs
 * (a clone under /root, say): then it keeps the right to pass through them, and nothing else, from root.
 */
export function asUser(
  command: string,
  args: readonly string[],
  paths: readonly string[],
  user: { uid: number; gid: number } | undefined,
): CommandAsUser {
  if (user === undefined) return { command, args };
  const closed = paths.map((path) => closedFolderAbove(path, user)).find((folder) => folder !== undefined);
  if (closed === undefined) return { command, args, user };
  const passage = '+dac_override,+dac_read_search';
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const setpriv = [...ids, `--inh-caps=${passage}`, `--ambient-caps=${passage}`];
  if (spawnSync('setpriv', [...setpriv, 'true']).status === 0)
    return { command: 'setpriv', args: [...setpriv, command, ...args] };
  throw new OperatorError(
    `PostgreSQL refuses to run as root, and other users may not enter ${closed}. Run as an ordinary user, or: chmod o+x ${closed}`,
  );
}

function closedFolderAbove(path: string, user: { uid: number; gid: number }): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
