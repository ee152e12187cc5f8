import { readFileSync } from 'node:fs';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { listenMllp, type MllpEvent, type MllpServer, type Peer } from '@wardline/hl7v2';
import { LOG } from '@wardline/service-defaults';
import type { Hl7Intake } from './hl7-intake.js';
import { HL7_INTAKE, HL7_SETTINGS, type Hl7Settings } from './hl7-settings.js';

/** Where HL7 v2 senders connect (MLLP); open only where a port is set. */
@Injectable()
export class MllpEdge implements OnApplicationBootstrap, OnApplicationShutdown {
  #server: MllpServer | undefined;

  constructor(
    @Inject(HL7_SETTINGS) private readonly settings: Hl7Settings | null,
    @Inject(HL7_INTAKE) private readonly intake: Hl7Intake | null,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#server?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { settings, intake } = this;
    if (settings === null || intake === null) return;
    const { host, port, profiles, tls } = settings;
    this.#server = await listenMllp({
      ...{ host, port },
      maxBytes: mostBytes,
      handle: (message, { address }) => intake.take(message, (reason) => this.#notTaken(reason, address)),
      failed: (message, reason) => intake.failed(message, reason),
      onEvent: (event, peer) => this.#note(event, peer),
      ...(tls === null ? {} : { tls: contentsOf(tls) }),
    });
    const senders = profiles.map(({ name }) => name).join(', ');
    this.log.info(`HL7 v2 over MLLP on port ${this.#server.port}${tls === null ? '' : ' with TLS'} for ${senders}`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#server?.close();
  }

  #note(event: MllpEvent, { address, certificate }: Peer): void {
    const fields = { ...event, address, ...(certificate === undefined ? {} : { certificate }) };
    if (event.kind === 'connected' || event.kind === 'disconnected') this.log.debug(`MLLP: ${event.kind}`, fields);
    else if (event.kind === 'failed') this.#notTaken(event.reason, address);
    else this.log.warn(`MLLP: ${event.kind}`, fields);
  }

  #notTaken(reason: unknown, address: string): void {
    this.log.error(`an HL7 message was not taken: ${(reason as Error).message}`, { address });
  }
}

/** Longest frame, in bytes: a batch of some ten thousand messages; a message in it may have 1 MiB. */
const mostBytes = 8 * 1024 * 1024;

function contentsOf({ keyFile, certFile, caFile }: NonNullable<Hl7Settings['tls']>): {
  key: string;
  cert: string;
  ca?: string;
} {
  const read = (file: string): string => readFileSync(file, 'utf8');
  return { key: read(keyFile), cert: read(certFile), ...(caFile === null ? {} : { ca: read(caFile) }) };
}
