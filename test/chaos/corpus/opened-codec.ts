import type { EventCodec, Log } from '@wardline/event-handling';
import { AvroCodec } from '@wardline/kafka';
import { contractVersions } from './contract-versions.ts';
import { openSchemaDesk } from './schema-desk.ts';

const silent = (): void => undefined;
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

/**
 * The real codec over the versions of the fuzz and other schemas, by id. A schema id that nobody knows is asked for
 * once and is unknown from then on, so that it does not take its patience each time.
 */
export async function openedCodec(others: ReadonlyMap<number, string> = new Map()): Promise<EventCodec> {
  const versions = contractVersions().map(({ id, schema }) => [id, JSON.stringify(schema)] as const);
  const registryUrl = await openSchemaDesk(new Map([...versions, ...others]));
  const patience = { retryPauses: [], negativeMs: 86_400_000 };
  return AvroCodec.open({ registryUrl, register: false, log, patience });
}
