import { spawn, type ChildProcess } from 'node:child_process';

/*
 * A shell that outlives us by seconds: it reads "+ pid" and "- pid" from a pipe, and when the pipe closes because
 * this process is gone, however it went, it ends what is left. A shell, because it costs one megabyte and needs no
 * platform-specific parent-death signal.
 */
const script = `
trap '' INT TERM HUP
pids=' '
while read -r change pid; do
  case $change in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
tries=0
while [ $tries -lt 50 ]; do
  left=''
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && left="$left $pid"; done
  [ -z "$left" ] && exit 0
  sleep 0.2
  tries=$((tries + 1))
done
for pid in $left; do kill -KILL "$pid" 2>/dev/null; done
`;

let guard: ChildProcess | undefined;

/** Makes sure that a child process does not survive this process for longer than about ten seconds. */
export function guardChild(pid: number): void {
  guard ??= startGuard();
  guard.stdin?.write(`+ ${pid}\n`);
}

/** Takes a child that has ended off the guard's list, so that a reused pid is never hit. */
export function releaseChild(pid: number): void {
  guard?.stdin?.write(`- ${pid}\n`);
}

function startGuard(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
}
