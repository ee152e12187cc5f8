import { recordTypes } from '@wardline/event-contracts';
import { schemaFingerprint } from '@wardline/kafka';
import { shortName } from '../records/shown-record.js';
import { reasonOf, ServiceRefusal, type ServiceClient } from '../services/service-client.js';
import { judgeClock } from './clock.js';
import { owners, well, wrong, type Finding } from './finding.js';

/** What a service tells of itself at `/diagnosis`. */
export interface Diagnosis {
  readonly version: string;
  readonly time: string;
  readonly database: { readonly time: string; readonly version: string } | { readonly reason: string };
  readonly schemas: Readonly<Record<string, string>>;
}

/** Everything about one service: whether it answers and is ready, its version and schemas, its clocks, its Odoo. */
export async function checkService(service: ServiceClient, ownVersion: string): Promise<Finding[]> {
  const subject = `service ${service.name}`;
  try {
    const readiness = judgeReadiness(subject, service.url, await service.ready());
    return [readiness, ...(await checkDiagnosis(service, ownVersion))];
  } catch (error) {
    const remedy = `start it, or say where it is with WARDLINE_SERVICES=${service.name}=http://host:port`;
    return [wrong(subject, reasonOf(error), owners.platform, remedy)];
  }
}

async function checkDiagnosis(service: ServiceClient, ownVersion: string): Promise<Finding[]> {
  const askedAt = Date.now();
  const diagnosis = await service.get<Diagnosis>('/diagnosis').catch((error: unknown) => {
    if (error instanceof ServiceRefusal && error.status === 404) return null;
    throw error;
  });
  const asked = { askedAt, answeredAt: Date.now(), granularityMs: 0 };
  const { odoo } = await service.get<{ odoo?: OdooState }>('/info');
  const connected = odoo === undefined ? [] : [judgeOdoo(service.name, odoo)];
  // The first release had no diagnosis.
  if (diagnosis === null)
    return [judgeVersion(service.name, { version: 'older than 0.1.0' }, ownVersion), ...connected];
  const { database, time } = diagnosis;
  const databaseClock = `clock of the PostgreSQL of ${service.name}`;
  return [
    judgeVersion(service.name, diagnosis, ownVersion),
    judgeSchemas(service.name, diagnosis),
    judgeClock(`clock of ${service.name}`, { ...asked, said: new Date(time) }),
    ...('time' in database ? [judgeClock(databaseClock, { ...asked, said: new Date(database.time) })] : []),
    ...connected,
  ];
}

function judgeReadiness(subject: string, url: string, ready: { status: string; reasons: readonly string[] }): Finding {
  if (ready.status === 'up') return well(subject, `ready at ${url}`);
  const remedy = 'mend what it names; it is ready again by itself';
  return wrong(subject, `is not ready: ${ready.reasons.join('; ')}`, owners.platform, remedy);
}

/** Whether a service was built from the same release as this command. */
export function judgeVersion(service: string, { version }: Pick<Diagnosis, 'version'>, own: string): Finding {
  const subject = `version of ${service}`;
  if (version === own) return well(subject, version);
  const remedy = 'bring both to the same release; while a roll-out is under way this is as it should be';
  return wrong(subject, `is ${version}, and this command is ${own}`, owners.platform, remedy);
}

/** Whether a service has the same versions of the schemas as this command. */
export function judgeSchemas(service: string, { schemas }: Pick<Diagnosis, 'schemas'>): Finding {
  const subject = `schemas of ${service}`;
  const differing = [...recordTypes]
    .filter(([name, type]) => schemas[name] !== schemaFingerprint(type))
    .map(([name]) => name);
  const unknown = Object.keys(schemas).filter((name) => !recordTypes.has(name));
  if (differing.length + unknown.length === 0) return well(subject, `${recordTypes.size} records, as here`);
  const found = `differ from those of this command: ${[...differing, ...unknown].map(shortName).join(', ')}`;
  return wrong(
    subject,
    found,
    owners.platform,
    'bring both to the same release; what is written with either can still be read',
  );
}

/** How the adapter stands to Odoo. */
export interface OdooState {
  readonly url: string;
  readonly masterData: string;
  readonly circuit: string;
}

/** Whether Odoo can be reached through the adapter. */
export function judgeOdoo(service: string, { url, masterData, circuit }: OdooState): Finding {
  const subject = `Odoo ${url}`;
  const waiting = masterData.startsWith('waiting');
  if (!waiting && circuit === 'closed') return well(subject, `answers ${service}`);
  const found = `does not work for ${service}: ${waiting ? masterData : `the circuit is ${circuit}`}`;
  const remedy = `look at Odoo and the way to it, and at ODOO_* of ${service}; nothing is lost meanwhile, postings wait`;
  return wrong(subject, found, owners.odoo, remedy);
}
