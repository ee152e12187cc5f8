import { createRequire } from 'node:module';

/*
 * What a consumer of kafkajs 2.2.4 does for each answer of a broker, cut to what the answer needs. An answer names every
 * partition that was asked for, most of them without a record, and kafkajs sends each of those through its workers to find
 * that there is nothing to do; before each question it compares all assignments again, whether or not it has heard of the
 * cluster since. With a few records a second and dozens of partitions that is most of what a consumer does.
 */

/** What was read of one partition. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Every record that came, those of aborted transactions and of control included. */
  readonly rawMessages: readonly unknown[];
}

/** kafkajs' member of a consumer group, as far as it is replaced. */
export interface ConsumerGroup {
  readonly cluster: { readonly brokerPool: { readonly metadata: object | null } };
  readonly partitionsPerSubscribedTopic: object | null;
  fetch: (this: ConsumerGroup, nodeId: number) => Promise<FetchedPartition[]>;
  checkForStaleAssignment: (this: ConsumerGroup) => void;
}

type ConsumerGroupClass = { readonly prototype: ConsumerGroup };

/** kafkajs' own class, replaced in part as soon as this module is loaded. */
export const ConsumerGroupClass = createRequire(import.meta.url)(
  'kafkajs/src/consumer/consumerGroup.js',
) as ConsumerGroupClass;

const { fetch, checkForStaleAssignment } = ConsumerGroupClass.prototype;

/** Leaves out partitions without a record; when none is left, kafkajs' runner sends the heartbeat itself. */
ConsumerGroupClass.prototype.fetch = async function fetchWhatIsThere(nodeId) {
  const partitions = await fetch.call(this, nodeId);
  return partitions.filter(({ rawMessages }) => rawMessages.length > 0);
};

/** For each member, what it was last found to agree with. */
const compared = new WeakMap<ConsumerGroup, { readonly metadata: object | null; readonly assignment: object | null }>();

/** Compares once for each state of the cluster that was heard of and each assignment: both are replaced, never changed. */
ConsumerGroupClass.prototype.checkForStaleAssignment = function compareOnce() {
  const state = { metadata: this.cluster.brokerPool.metadata, assignment: this.partitionsPerSubscribedTopic };
  const before = compared.get(this);
  if (before?.metadata === state.metadata && before.assignment === state.assignment) return;
  checkForStaleAssignment.call(this);
  compared.set(this, state);
};
