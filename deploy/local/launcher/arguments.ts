import { parseArgs } from 'node:util';
import { OperatorError } from '../platform/operator-error.mjs';

/** What the person asked for. */
export interface LaunchArguments {
  /** Wipe `.wardline/` first. */
  readonly reset: boolean;
  /** Play the demo day once everything is ready. */
  readonly demo: boolean;
  /** Stop as soon as that is done, for scripts; otherwise stay until Ctrl-C. */
  readonly once: boolean;
}

const usage = 'Usage: npm start [-- [--reset] [--no-demo] [--once]]';

/** Reads the command line; throws an {@link OperatorError} with the usage for anything else. */
export function launchArguments(args: readonly string[]): LaunchArguments {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args: [...args], options: { reset: flag, 'no-demo': flag, once: flag } });
    return { reset: values.reset, demo: !values['no-demo'], once: values.once };
  } catch (error) {
    throw new OperatorError(`${(error as Error).message.split('. ')[0]}. ${usage}`);
  }
}
