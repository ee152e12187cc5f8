import type { Command } from '@oclif/core';
import { DoctorCommand } from './doctor/doctor.command.js';
import { OperationsApproveCommand } from './operations/approve.command.js';
import { OperationsCancelCommand } from './operations/cancel.command.js';
import { OperationsListCommand } from './operations/list.command.js';
import { OperationsShowCommand } from './operations/show.command.js';
import { ParkedAbandonCommand } from './parked/abandon.command.js';
import { ParkedEditCommand } from './parked/edit.command.js';
import { ParkedGroupsCommand } from './parked/groups.command.js';
import { ParkedListCommand } from './parked/list.command.js';
import { ParkedRetryCommand } from './parked/retry.command.js';
import { ParkedShowCommand } from './parked/show.command.js';
import { ReplayCommand } from './replay/replay.command.js';
import { SendCommand } from './send/send.command.js';
import { ShowCommand } from './show/show.command.js';
import { StatusCommand } from './status/status.command.js';
import { TailCommand } from './tail/tail.command.js';
import { TraceCommand } from './trace/trace.command.js';

/** Every command by its words, joined by colons. */
export const commands: Readonly<Record<string, Command.Class>> = {
  doctor: DoctorCommand,
  'operations:approve': OperationsApproveCommand,
  'operations:cancel': OperationsCancelCommand,
  'operations:list': OperationsListCommand,
  'operations:show': OperationsShowCommand,
  'parked:abandon': ParkedAbandonCommand,
  'parked:edit': ParkedEditCommand,
  'parked:groups': ParkedGroupsCommand,
  'parked:list': ParkedListCommand,
  'parked:retry': ParkedRetryCommand,
  'parked:show': ParkedShowCommand,
  replay: ReplayCommand,
  send: SendCommand,
  show: ShowCommand,
  status: StatusCommand,
  tail: TailCommand,
  trace: TraceCommand,
};
