import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';

const leadersWithinMs = 30_000;
const everyMs = 50;

/**
 * Creates topics and resolves when every partition has a leader. kafkajs' own `waitForLeaders` fails on a KRaft broker
 * that has accepted a topic and not yet learned of it, which takes some milliseconds.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false });
  const names = topics.map((topic) => topic.topic);
  const start = performance.now();
  while (!(await haveLeaders(admin, names))) {
    if (performance.now() - start > leadersWithinMs) {
      throw new Error(
        `the topics ${names.join(', ')} have no leader after ${leadersWithinMs} ms; look at the brokers' log`,
      );
    }
    await sleep(everyMs);
  }
}

async function haveLeaders(admin: Admin, names: readonly string[]): Promise<boolean> {
  // Asking for the metadata of one unknown topic fails for all of them.
  const listed = new Set(await admin.listTopics());
  if (!names.every((name) => listed.has(name))) return false;
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  return topics.every((topic) => topic.partitions.length > 0 && topic.partitions.every(({ leader }) => leader >= 0));
}
