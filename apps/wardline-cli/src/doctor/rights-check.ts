import type { TopicContract } from '@wardline/event-contracts';
import type { TopicRights } from '@wardline/kafka';
import { owners, well, wrong, type Finding } from './finding.js';

const none: TopicRights = { describe: false, read: false, write: false };

/**
 * Whether this user may do what it needs: with `as`, what the catalogue gives that service or party to read and write; else
 * what this command needs: see and read every topic, and write those that upstream writes. Topics that do not exist are left
 * out: they are told elsewhere.
 */
export function judgeRights(
  user: string,
  topics: readonly TopicContract[],
  rights: ReadonlyMap<string, TopicRights>,
  as: string | undefined,
): Finding {
  const subject = as === undefined ? `rights of ${user}` : `rights of ${user} as ${as}`;
  const missing = topics.flatMap((topic) => {
    const may = rights.get(topic.name) ?? none;
    const absent = neededRights(topic, as).filter((right) => !may[right]);
    const isUnseen = !may.describe && !may.read && !may.write;
    return isUnseen || absent.length === 0 ? [] : [`${absent.join(' and ')} ${topic.name}`];
  });
  if (missing.length === 0)
    return well(subject, as === undefined ? 'may see and read every topic' : 'may read and write what it has to');
  const remedy = `add ACLs for User:${user} (kafka-acls --add --allow-principal), or use the user that has them`;
  return wrong(subject, `may not ${missing.join(', nor ')}`, owners.platform, remedy);
}

function neededRights({ readers, writers }: TopicContract, as: string | undefined): (keyof TopicRights)[] {
  if (as === undefined) return writers.includes('upstream') ? ['describe', 'read', 'write'] : ['describe', 'read'];
  const read: (keyof TopicRights)[] = readers.includes(as) ? ['describe', 'read'] : [];
  return writers.includes(as) ? [...read, 'write'] : read;
}
