import type { TopicContract } from '@wardline/event-contracts';
import { ClusterInspection, oldestKafka, topicDifferences, topicSettings, type TopicState } from '@wardline/kafka';
import { reasonOf } from '../services/service-client.js';
import type { Site } from '../site.js';
import { owners, well, wrong, type Finding } from './finding.js';
import { judgeGroup } from './group-check.js';
import { whyUnreachable } from './reachable.js';
import { judgeRights } from './rights-check.js';

/** Everything about Kafka: the addresses, the brokers, the topics, the rights, the consumer groups. */
export async function checkKafka(
  site: Site,
  topics: readonly TopicContract[],
  as: string | undefined,
): Promise<Finding[]> {
  const addresses = await Promise.all(site.kafka.brokers.map((address) => checkAddress(address)));
  // Only through those that answer: kafkajs would try the others again and again.
  const brokers = site.kafka.brokers.filter((_, index) => addresses[index]?.ok);
  if (brokers.length === 0) return addresses;
  let cluster: ClusterInspection;
  try {
    cluster = await ClusterInspection.open({ ...site.kafka, brokers, requestTimeoutMs: 10_000 }, site.log);
  } catch (error) {
    const remedy = "compare KAFKA_TLS and KAFKA_SASL_* with those of the services; look at the brokers' log";
    return [...addresses, wrong('Kafka', `does not let this client in: ${reasonOf(error)}`, owners.platform, remedy)];
  }
  try {
    const parts = await Promise.all([
      checkBrokers(cluster),
      told('topics', checkTopics(cluster, topics)),
      told('rights', checkRights(site, cluster, topics, as)),
      told('consumer groups', checkGroups(site, cluster, topics)),
    ]);
    return [addresses, ...parts].flat();
  } finally {
    await cluster.close();
  }
}

async function checkAddress(address: string): Promise<Finding> {
  const subject = `broker address ${address}`;
  const why = await whyUnreachable(address);
  if (why === null) return well(subject, 'answers');
  const remedy = 'start the broker, open the way to it, or correct KAFKA_BROKERS';
  return wrong(subject, `cannot be reached: ${why}`, owners.platform, remedy);
}

/** What cannot be looked at is a finding itself: the rest is still told. */
async function told(subject: string, look: Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look;
  } catch (error) {
    const remedy = "look at the brokers' log, and at the rights of this user";
    return [wrong(subject, `could not be looked at: ${reasonOf(error)}`, owners.platform, remedy)];
  }
}

function checkBrokers(cluster: ClusterInspection): Promise<Finding[]> {
  return Promise.all(
    cluster.brokers.map(async (broker) => {
      const subject = `broker ${broker.nodeId}`;
      const at = `${broker.host}:${broker.port}`;
      try {
        const version = await cluster.versionOf(broker);
        if (!version.startsWith('older')) return well(subject, `Kafka ${version}, at ${at}`);
        const remedy = `bring it to ${oldestKafka} or later; 4.1 is what Wardline is tested with`;
        return wrong(subject, `Kafka is ${version}, at ${at}`, owners.platform, remedy);
      } catch (error) {
        const remedy = 'correct advertised.listeners of the broker, or open the way to that address';
        return wrong(
          subject,
          `cannot be reached at ${at}, which it advertises: ${reasonOf(error)}`,
          owners.platform,
          remedy,
        );
      }
    }),
  );
}

async function checkTopics(cluster: ClusterInspection, topics: readonly TopicContract[]): Promise<Finding[]> {
  const states = await cluster.topics(topics.map(({ name }) => name));
  return topics.map((topic) =>
    judgeTopic(
      topic,
      states.find(({ name }) => name === topic.name),
    ),
  );
}

function promisedSettings(topic: TopicContract): ReadonlyMap<string, string> {
  return new Map(Object.entries(topicSettings(topic)));
}

/** Compares a topic with its contract. */
export function judgeTopic(topic: TopicContract, state: TopicState | undefined): Finding {
  const subject = `topic ${topic.name}`;
  if (state === undefined) {
    const remedy =
      'create it as schemas/catalogue.yaml says (npm start does so locally), or give the right to describe it';
    return wrong(subject, 'does not exist, or may not be seen', owners.platform, remedy);
  }
  const differing = topicDifferences(topic, state.partitions, state.settings ?? promisedSettings(topic));
  const [first] = differing;
  if (first !== undefined) {
    const remedy = 'make the topic what schemas/catalogue.yaml says, or correct the catalogue';
    return wrong(subject, differing.join('; '), owners.platform, remedy);
  }
  if (state.leaderless.length > 0)
    return wrong(
      subject,
      `partitions ${state.leaderless.join(', ')} have no leader`,
      owners.platform,
      'start the brokers that hold them',
    );
  if (state.underReplicated.length > 0) {
    const found = `partitions ${state.underReplicated.join(', ')} have a replica that is behind`;
    return wrong(subject, found, owners.platform, 'find the broker that is down or slow');
  }
  if (state.settings === null) {
    const remedy = 'give this user the right DESCRIBE_CONFIGS on the topic';
    return wrong(subject, 'its settings may not be read by this user', owners.platform, remedy);
  }
  return well(subject, `${state.partitions} partitions, ${topic.retention}`);
}

async function checkRights(
  site: Site,
  cluster: ClusterInspection,
  topics: readonly TopicContract[],
  as: string | undefined,
): Promise<Finding[]> {
  const user = site.settings.sasl?.username ?? 'ANONYMOUS';
  return [judgeRights(user, topics, await cluster.rights(topics.map(({ name }) => name)), as)];
}

async function checkGroups(
  site: Site,
  cluster: ClusterInspection,
  topics: readonly TopicContract[],
): Promise<Finding[]> {
  const names = site.services.map(({ name }) => name);
  const present = new Set((await cluster.topics(topics.map(({ name }) => name))).map(({ name }) => name));
  return Promise.all(
    names.map(async (groupId) => {
      try {
        const [state] = await cluster.groups([groupId]);
        const read = topics.filter(({ name, readers }) => readers.includes(groupId) && present.has(name));
        return judgeGroup(
          groupId,
          state,
          await cluster.lag(
            groupId,
            read.map(({ name }) => name),
          ),
        );
      } catch (error) {
        const remedy = 'give this client the right to describe consumer groups';
        return wrong(`consumer group ${groupId}`, `cannot be looked at: ${reasonOf(error)}`, owners.platform, remedy);
      }
    }),
  );
}
