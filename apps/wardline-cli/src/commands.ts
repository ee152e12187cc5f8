import type { Command } from '@oclif/core';
import { StatusCommand } from './status/status.command.js';

/** Every command by its words, joined by colons. */
export const commands: Readonly<Record<string, Command.Class>> = {
  status: StatusCommand,
};
