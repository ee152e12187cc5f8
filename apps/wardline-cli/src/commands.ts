import type { Command } from '@oclif/core';
import { ShowCommand } from './show/show.command.js';
import { StatusCommand } from './status/status.command.js';
import { TailCommand } from './tail/tail.command.js';
import { TraceCommand } from './trace/trace.command.js';

/** Every command by its words, joined by colons. */
export const commands: Readonly<Record<string, Command.Class>> = {
  show: ShowCommand,
  status: StatusCommand,
  tail: TailCommand,
  trace: TraceCommand,
};
