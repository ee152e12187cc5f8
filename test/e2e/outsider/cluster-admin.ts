import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ConfigResourceTypes,
  Kafka,
  ResourcePatternTypes,
} from 'kafkajs';
import type { Admin } from 'kafkajs';

/** What somebody with the rights to it does to a cluster by mistake. */
export class ClusterAdmin {
  private constructor(private readonly admin: Admin) {}

  static async open(brokers: string): Promise<ClusterAdmin> {
    const admin = new Kafka({ clientId: 'outsider-admin', brokers: brokers.split(','), logLevel: 0 }).admin();
    await admin.connect();
    return new ClusterAdmin(admin);
  }

  async deleteTopic(topic: string): Promise<void> {
    await this.admin.deleteTopics({ topics: [topic] });
  }

  async setPartitions(topic: string, count: number): Promise<void> {
    await this.admin.createPartitions({ topicPartitions: [{ topic, count }] });
  }

  async setTopic(topic: string, name: string, value: string): Promise<void> {
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name, value }] };
    await this.admin.alterConfigs({ validateOnly: false, resources: [resource] });
  }

  /** Lets everybody see and read a topic, and nobody write it. */
  async makeReadOnly(topic: string): Promise<void> {
    const allowed = [AclOperationTypes.DESCRIBE, AclOperationTypes.READ];
    const acl = allowed.map((operation) => ({
      operation,
      ...{
        resourceType: AclResourceTypes.TOPIC,
        resourceName: topic,
        resourcePatternType: ResourcePatternTypes.LITERAL,
      },
      ...{ principal: 'User:*', host: '*', permissionType: AclPermissionTypes.ALLOW },
    }));
    await this.admin.createAcls({ acl });
  }

  close(): Promise<void> {
    return this.admin.disconnect();
  }
}
