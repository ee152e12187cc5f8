import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../../deploy/local/config.ts';
import type { Addresses } from './stack.ts';

/** What a call of the command line came to. */
export interface Ended {
  readonly code: number | null;
  /** Standard output. */
  readonly data: string;
  /** Standard error. */
  readonly notes: string;
}

type Environment = Readonly<Record<string, string>>;

/** The settings with which `wardline` finds a Wardline. */
export function pointedAt({ brokers, registryUrl, services }: Addresses): Environment {
  const named = Object.entries(services).map(([name, url]) => `${name}=${url}`);
  return { KAFKA_BROKERS: brokers, SCHEMA_REGISTRY_URL: registryUrl, WARDLINE_SERVICES: named.join(','), TZ: 'UTC' };
}

/** Runs the built `wardline` as a person's shell would, until it ends. */
export function wardlineCommand(environment: Environment, args: readonly string[], input = ''): Promise<Ended> {
  const bin = join(repository, 'apps', 'wardline-cli', 'bin', 'wardline.js');
  const child = spawn(process.execPath, [bin, ...args], { env: { ...environment }, timeout: 120_000 });
  const said = { data: '', notes: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.data += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.notes += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

/** What a decision came to at one service, as `--json` has it. */
export interface Report {
  readonly service: string;
  readonly operation: {
    readonly operationId: string;
    readonly state: string;
    readonly dryRun: boolean;
    readonly counts: {
      readonly planned: number;
      readonly done: number;
      readonly failed: number;
      readonly skipped: number;
    };
  };
  readonly items: readonly {
    readonly outcome: string;
    readonly reason: { readonly code: string } | null;
    readonly effect: object | null;
  }[];
}
