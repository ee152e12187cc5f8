import { catalogue, type TopicName } from './generated/catalogue.js';
import type { RecordType } from './record-type.js';

/** Who may see a topic. */
export type DataClass = 'public' | 'internal' | 'personal';

/** One topic as `schemas/catalogue.yaml` promises it. */
export interface TopicContract {
  readonly name: TopicName;
  /** The service that answers for it. */
  readonly owner: string;
  readonly purpose: string;
  /** What the message key is made of. */
  readonly key: string;
  readonly partitions: number;
  /** An ISO 8601 duration such as `P90D`, or `forever`, or `compact` (the last record of each key, forever). */
  readonly retention: string;
  readonly records: readonly RecordType<unknown>[];
  /** Services, or `upstream` for the outside world. */
  readonly writers: readonly string[];
  /** Services, or `upstream` and `subscribers` for the outside world. */
  readonly readers: readonly string[];
  readonly dataClass: DataClass;
  /** The service-level target in words. */
  readonly target: string;
  /** Records that, when parked, are edited only with a second person's approval. */
  readonly editApproval: readonly RecordType<unknown>[];
}

/** The contract of a topic by its name; undefined when the catalogue has none. */
export function topicContract(name: string): TopicContract | undefined {
  return catalogue.find((topic) => topic.name === name);
}

/** Whether an edit of a parked record of this topic needs a second person's approval. */
export function editNeedsApproval(topic: string, recordType: string): boolean {
  return topicContract(topic)?.editApproval.some(({ fullName }) => fullName === recordType) ?? false;
}
