import { DecoderClass, EncoderClass, type Decoder, type Exchange } from './kafkajs-cluster.js';

/** What a client may do with a topic, as the brokers' authorizer says. */
export interface TopicRights {
  readonly describe: boolean;
  readonly read: boolean;
  readonly write: boolean;
}

const metadataKey = 3;
/** The first version that answers rights and still has the plain encoding (KIP-430). */
const metadataVersion = 8;

/** Bits of Kafka's AclOperation. */
const operations = { read: 3, write: 4, describe: 8 } as const;

interface Answer {
  readonly topics: readonly { readonly name: string; readonly error: number; readonly rights: number }[];
}

/** Asks for the rights that this client has on topics. One that may not be described looks as if it did not exist. */
export function topicRightsRequest(topics: readonly string[]): Exchange<Answer> {
  return {
    request: {
      apiKey: metadataKey,
      apiVersion: metadataVersion,
      apiName: 'Metadata',
      encode: async () => {
        const encoder = new EncoderClass().writeInt32(topics.length);
        for (const topic of topics) encoder.writeString(topic);
        // No topic is to be created; the rights on the cluster do not matter; those on topics do.
        return encoder.writeBoolean(false).writeBoolean(false).writeBoolean(true);
      },
    },
    response: { decode: async (bytes) => answer(new DecoderClass(bytes)), parse: async (read) => read },
  };
}

/** The rights in an answer by topic. */
export function rightsIn({ topics }: Answer): ReadonlyMap<string, TopicRights> {
  return new Map(
    topics.map(({ name, error, rights }) => {
      const may = (operation: number) => error === 0 && (rights & (1 << operation)) !== 0;
      return [name, { describe: may(operations.describe), read: may(operations.read), write: may(operations.write) }];
    }),
  );
}

function answer(decoder: Decoder): Answer {
  decoder.readInt32(); // throttle time
  decoder.readArray((broker) => [broker.readInt32(), broker.readString(), broker.readInt32(), broker.readString()]);
  decoder.readString(); // cluster id
  decoder.readInt32(); // controller
  const topics = decoder.readArray((topic) => {
    const [error, name] = [topic.readInt16(), topic.readString() ?? ''];
    topic.readBoolean(); // internal
    topic.readArray(skipPartition);
    return { error, name, rights: topic.readInt32() };
  });
  return { topics };
}

function skipPartition(partition: Decoder): void {
  partition.readInt16(); // error
  for (let field = 0; field < 3; field++) partition.readInt32(); // id, leader, leader's epoch
  for (let list = 0; list < 3; list++) partition.readArray((node) => node.readInt32()); // replicas, in sync, offline
}
