import type { TopicContract } from '@wardline/event-contracts';
import { RegistryInspection, type RegistryConnection, type SubjectState } from '@wardline/kafka';
import { reasonOf } from '../services/service-client.js';
import { judgeClock } from './clock.js';
import { owners, well, wrong, type Finding } from './finding.js';

const asManyAtOnce = 4;

/** Everything about the schema registry: whether it answers, its clock, every subject of the catalogue. */
export async function checkRegistry(
  connection: RegistryConnection,
  topics: readonly TopicContract[],
): Promise<Finding[]> {
  const registry = new RegistryInspection(connection);
  const subject = `schema registry ${connection.registryUrl}`;
  const askedAt = Date.now();
  let clock: Date | null;
  try {
    ({ clock } = await registry.reach());
  } catch (error) {
    const remedy = 'start it, correct SCHEMA_REGISTRY_URL (the Confluent-compatible address) or its user and password';
    return [wrong(subject, reasonOf(error), owners.platform, remedy)];
  }
  const reading = clock && { said: clock, askedAt, answeredAt: Date.now(), granularityMs: 1_000 };
  const findings = [
    well(subject, 'answers'),
    ...(reading ? [judgeClock('clock of the schema registry', reading)] : []),
  ];
  const pairs = topics.flatMap((topic) => topic.records.map((type) => ({ topic, type })));
  for (let from = 0; from < pairs.length; from += asManyAtOnce) {
    const some = pairs.slice(from, from + asManyAtOnce);
    findings.push(...(await Promise.all(some.map(({ topic, type }) => checkSubject(registry, topic, type)))));
  }
  return findings;
}

async function checkSubject(
  registry: RegistryInspection,
  topic: TopicContract,
  type: TopicContract['records'][number],
): Promise<Finding> {
  try {
    return judgeSubject(await registry.subject(topic, type));
  } catch (error) {
    return wrong(
      `schema ${topic.name}-${type.fullName}`,
      reasonOf(error),
      owners.platform,
      'look at the log of the registry',
    );
  }
}

/** Compares a subject with its contract. */
export function judgeSubject({ subject, state, compatible, rule }: SubjectState): Finding {
  const name = `schema ${subject}`;
  if (state === 'missing') {
    const remedy = 'register it from schemas/ before the services start (npm start does so locally)';
    return wrong(name, 'is not registered', owners.platform, remedy);
  }
  if (state === 'other') {
    if (compatible === true)
      return wrong(
        name,
        'is registered in other versions only',
        owners.platform,
        'register this version from schemas/',
      );
    const remedy =
      'somebody registered another schema under this subject: find out who, and delete it if nothing was written with it';
    return wrong(name, 'is registered with a schema that is incompatible with ours', owners.developers, remedy);
  }
  if (rule === 'FULL_TRANSITIVE') return well(name, 'registered, FULL_TRANSITIVE');
  const remedy = 'set the compatibility of the subject to FULL_TRANSITIVE';
  return wrong(name, `is registered, but its compatibility is ${rule ?? 'not set'}`, owners.platform, remedy);
}
