import { Admin } from '@platformatic/kafka';

/** What a consumer group has committed of a topic, by partition; empty when it has committed nothing. */
export async function committedOffsets(
  brokers: string,
  group: string,
  topic: string,
): Promise<readonly { readonly partition: number; readonly offset: bigint }[]> {
  const admin = new Admin({ clientId: 'outsider-admin', bootstrapBrokers: brokers.split(',') });
  try {
    const groups = await admin.listConsumerGroupOffsets({ groups: [group] });
    const partitions = groups.flatMap(({ topics }) => topics.filter(({ name }) => name === topic));
    return partitions
      .flatMap((found) => found.partitions)
      .map(({ partitionIndex, committedOffset }) => ({ partition: partitionIndex, offset: committedOffset }))
      .filter(({ offset }) => offset >= 0n);
  } finally {
    await admin.close();
  }
}
