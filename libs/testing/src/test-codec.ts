import type { EventCodec, Log } from '@wardline/event-handling';
import { AvroCodec } from '@wardline/kafka';
import { serveContracts } from './contract-registry.js';

/** A log that says nothing. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

let opened: Promise<EventCodec> | undefined;

/** The real Avro codec over the catalogue's schemas, with neither a broker nor a registry to start. */
export function testCodec(): Promise<EventCodec> {
  opened ??= serveContracts().then((registryUrl) => AvroCodec.open({ registryUrl, register: false, log: silentLog }));
  return opened;
}

function ignore(): void {
  // silent
}
