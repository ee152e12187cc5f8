import type { ChildHandle } from './child-process.ts';

/** One real server of the platform, or one of our services, running as a child process. */
export interface Server {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  readonly logFile: string;
  /** How clients reach it. */
  readonly url: string;
  /** Resolves with how it went when the process that runs now has ended, for whatever reason. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** Orderly end; by force after a bounded wait. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after `stop`, `kill` or a crash, on the same data and port. */
  restart(): Promise<void>;
}

/** Where a server keeps its data and listens. */
export interface ServerOptions {
  /** Folder for everything it keeps: data, configuration, and `logs` and `run` when not given apart. */
  readonly directory: string;
  readonly port: number;
  /** Environment variable that moves the port, for the message when it is taken. */
  readonly portSetting?: string;
  readonly logDirectory?: string;
  readonly runDirectory?: string;
  /** False spares the disk: for data that need not survive the machine (tests). */
  readonly durable?: boolean;
  /** Told of each process as soon as it runs, ready or not. */
  readonly onProcess?: (child: ChildHandle) => void;
}
