import type { CatalogueTopic, Contracts } from './contract-files.ts';
import { fullName } from './contract-files.ts';

const texts = ['name', 'owner', 'purpose', 'key', 'retention', 'dataClass', 'target'] as const;
const lists = ['records', 'writers', 'readers'] as const;
const dataClasses = ['public', 'internal', 'personal'];

/** Breaches of the catalogue: what is missing or impossible in a topic, and records and topics without each other. */
export function lintCatalogue({ topics, schemas }: Contracts): string[] {
  const known = new Map(schemas.map((file) => [fullName(file), file]));
  const listed = new Set(topics.flatMap((topic) => topic.records ?? []));
  const names = topics.map((topic) => topic.name);
  return [
    ...topics.flatMap((topic) => lintTopic(topic).map((fault) => `schemas/catalogue.yaml: ${topic.name} ${fault}`)),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `schemas/catalogue.yaml: ${name} is listed twice`),
    ...[...listed].filter((name) => !known.has(name)).map((name) => `schemas/catalogue.yaml: ${name} has no .avsc`),
    ...[...known]
      .filter(([name]) => !listed.has(name))
      .map(([, { path }]) => `${path}: is in no topic of the catalogue`),
    ...topics.flatMap((topic) => lintSensitivity(topic, known)),
  ];
}

function lintTopic(topic: CatalogueTopic): string[] {
  const faults: string[] = texts.filter((name) => typeof topic[name] !== 'string').map((name) => `has no ${name}`);
  faults.push(...lists.filter((name) => !Array.isArray(topic[name])).map((name) => `has no list of ${name}`));
  if (!/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(topic.name)) faults.push('should be named <domain>.<aggregate> in lower case');
  if (!Number.isInteger(topic.partitions) || topic.partitions < 1) faults.push(`has ${topic.partitions} partitions`);
  if (!/^(forever|compact|P\d+D)$/.test(topic.retention)) {
    faults.push(`has the retention ${topic.retention}; write forever, compact or days such as P90D`);
  }
  if (!dataClasses.includes(topic.dataClass)) {
    faults.push(`has the data class ${topic.dataClass}; known are ${dataClasses.join(', ')}`);
  }
  const foreign = (topic.editApproval ?? []).filter((name) => !topic.records?.includes(name));
  faults.push(...foreign.map((name) => `asks for approval of edits of ${name}, which is none of its records`));
  return faults;
}

/** No patient identity on public topics (DESIGN part 1, analytics). */
function lintSensitivity(topic: CatalogueTopic, known: ReadonlyMap<string, { schema: object }>): string[] {
  if (topic.dataClass === 'personal') return [];
  return (topic.records ?? [])
    .filter((name) => JSON.stringify(known.get(name)?.schema ?? {}).includes('"sensitivity":"personal"'))
    .map((name) => `schemas/catalogue.yaml: ${topic.name} is ${topic.dataClass} and ${name} has personal fields`);
}
