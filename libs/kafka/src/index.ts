export { AvroCodec, type AvroCodecOptions } from './avro/avro-codec.js';
export { ClusterInspection, type GroupLag, type GroupState, type TopicState } from './cluster-inspection.js';
export { type PartitionLag } from './consumer-lag.js';
export { type KafkaConnection } from './kafka-client.js';
export { KafkaSink, type KafkaSinkOptions } from './kafka-sink.js';
export { KafkaTransport, type KafkaTransportOptions, type TransportHealth } from './kafka-transport.js';
export { oldestKafka } from './kafka-version.js';
export { murmur2, partitionOf } from './murmur2.js';
export { type PartitionLimits } from './partition-worker.js';
export { RegistryInspection, type SubjectState } from './registry/registry-inspection.js';
export { schemaFingerprint } from './registry/schema-fingerprint.js';
export { RegistryUnavailable, subjectOf, type RegistryConnection } from './registry/schema-registry.js';
export { TopicReader, type OffsetRange, type ReadFrom } from './topic-reader.js';
export { type TopicRights } from './topic-rights.js';
export {
  differences as topicDifferences,
  topicSettings,
  provisionTopics,
  registerSchemas,
  type ProvisionedTopics,
  type ProvisionTopicsOptions,
  type RegisterSchemasOptions,
} from './topics.js';
export { type UnknownSchemaPatience } from './registry/writer-schemas.js';
