import { whenNpmEnds } from '../bootstrap/parent.mjs';
import { localConfig, serviceNames, type LocalConfig } from '../config.ts';
import { OperatorError } from '../platform/operator-error.mjs';
import { launchArguments, type LaunchArguments } from './arguments.ts';
import { Children } from './children.ts';
import type { Endpoints } from './endpoints.ts';
import { endLeftovers, refuseTakenPorts, takeHome, type Home } from './installation.ts';
import { launch, type Launched } from './launch.ts';
import { mainOf, Parts } from './parts.ts';
import { addresses } from './report.ts';
import { supervise } from './supervise.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `npm start`: brings everything up, plays the demo day, and stays until it is told to stop. Ends the process. */
export async function start(args: readonly string[]): Promise<never> {
  const children = new Children();
  const stopped = new AbortController();
  let giveBack = () => undefined as void;
  const end = async (code: number): Promise<never> => {
    stopped.abort();
    await children.stop();
    giveBack();
    process.exit(code);
  };
  stopOnSignal(children, () => end(0));
  try {
    const wanted = launchArguments(args);
    const config = localConfig();
    const taken = takeHome(config, wanted.reset);
    giveBack = taken.giveBack;
    const well = await run(config, taken.home, children, wanted, stopped.signal);
    if (!wanted.once) await new Promise(() => setInterval(() => undefined, 60_000));
    return await end(well ? 0 : 1);
  } catch (error) {
    // While stopping, whatever was under way fails; that is no news.
    if (stopped.signal.aborted) return await new Promise<never>(() => undefined);
    process.stderr.write(`${error instanceof OperatorError ? error.message : describe(error)}\n`);
    return await end(1);
  }
}

async function run(
  config: LocalConfig,
  home: Home,
  children: Children,
  wanted: LaunchArguments,
  stopped: AbortSignal,
): Promise<boolean> {
  const since = performance.now();
  const parts = ['postgres', 'kafka', 'registry', 'odoo-simulator', ...serviceNames];
  await endLeftovers(home.run, parts, [home.directory, ...parts.map(mainOf)]);
  await refuseTakenPorts(config);
  const launched = await launch(config, home, new Parts(config, home, children), wanted.demo);
  for (const server of launched.servers) void supervise(server, stopped, say);
  announce(launched, Math.round((performance.now() - since) / 1000));
  const well = !wanted.demo || (await playDemo(launched.endpoints, home));
  if (!wanted.once) say('\nEverything stays up. Ctrl-C stops it; the next start carries on with the same data.');
  return well;
}

function announce({ endpoints, warnings }: Launched, seconds: number): void {
  for (const warning of warnings) say(`Note: ${warning}`);
  say(`\nReady after ${seconds} s.\n`);
  for (const line of addresses(endpoints)) say(line);
  say('');
}

/** Plays the demo day as the hospital's systems would; answers whether it came out as it must. */
async function playDemo(endpoints: Endpoints, home: Home): Promise<boolean> {
  const { playDemoDay } = await import('../demo/demo-day.ts');
  return playDemoDay({ ...endpoints, stateDirectory: home.directory, say });
}

/** The first signal ends everything in order; one that comes well after it, when somebody is losing patience, by force. */
function stopOnSignal(children: Children, end: () => Promise<never>): void {
  let askedAt: number | undefined;
  const stop = () => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      say('\nStopping …');
      void end();
    } else if (Date.now() - askedAt > 1500) void children.kill().then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started through another Node, whose end would otherwise go unnoticed.
  process.on('disconnect', stop);
  whenNpmEnds(stop);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
