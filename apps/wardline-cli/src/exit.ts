/** What the process answers to a script. */
export const exitCode = {
  /** All that was asked for was done, or is well. */
  done: 0,
  /** Something failed, was refused or skipped, is not well, or cannot be reached. */
  failed: 1,
  /** The command line or a setting is wrong; nothing was done. */
  wrongUse: 2,
} as const;

/** An end that a person is told in words, without a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: number = 1,
  ) {
    super(message);
  }
}

/** What was asked for cannot be meant; nothing was done. */
export function wrongUse(message: string): CommandError {
  return new CommandError(message, exitCode.wrongUse);
}
