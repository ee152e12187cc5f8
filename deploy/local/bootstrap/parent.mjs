import { clearInterval, setInterval } from 'node:timers';

/**
 * Calls back once when the shell that npm runs us in is gone: npm passes SIGTERM to that shell only, which dies of it
 * without passing it on.
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    callback();
  }, 250);
  watch.unref();
}
