import type { RecordType, TopicContract } from '@wardline/event-contracts';
import { RegistryUnavailable, subjectOf, type RegistryConnection } from './schema-registry.js';

/** How a record's schema stands in the registry. */
export interface SubjectState {
  readonly subject: string;
  /** `registered`: exactly this version. `missing`: no such subject. `other`: the subject holds other versions only. */
  readonly state: 'registered' | 'missing' | 'other';
  /** Of `other`: whether this version could be registered; null otherwise. */
  readonly compatible: boolean | null;
  /** The subject's compatibility rule, such as FULL_TRANSITIVE; null when it cannot be told. */
  readonly rule: string | null;
}

/** What a person who looks after the registry wants to know of it. Reads only. */
export class RegistryInspection {
  constructor(private readonly connection: RegistryConnection) {}

  /** Asks for anything; answers the registry's clock where it tells it. Throws {@link RegistryUnavailable}. */
  async reach(): Promise<{ readonly clock: Date | null }> {
    const response = await this.send('/subjects');
    if (!response.ok) throw this.unavailable(`HTTP ${response.status}`);
    await response.arrayBuffer();
    const clock = response.headers.get('date');
    return { clock: clock === null ? null : new Date(clock) };
  }

  /** How the schema of a record on a topic stands. */
  async subject(topic: TopicContract, type: RecordType<unknown>): Promise<SubjectState> {
    const subject = subjectOf(topic.name, type.fullName);
    const path = `/subjects/${encodeURIComponent(subject)}`;
    const found = await this.send(path, { schema: type.schema, schemaType: 'AVRO' });
    if (found.ok) return { subject, state: 'registered', compatible: null, rule: await this.rule(subject) };
    if (found.status !== 404) throw this.unavailable(`HTTP ${found.status}`);
    const versions = await this.send(`${path}/versions`);
    if (versions.status === 404) return { subject, state: 'missing', compatible: null, rule: null };
    const tested = await this.send(`/compatibility${path}/versions`, { schema: type.schema, schemaType: 'AVRO' });
    const { is_compatible: compatible } = (await tested.json()) as { is_compatible?: boolean };
    return { subject, state: 'other', compatible: compatible ?? false, rule: await this.rule(subject) };
  }

  private async rule(subject: string): Promise<string | null> {
    const response = await this.send(`/config/${encodeURIComponent(subject)}?defaultToGlobal=true`);
    const { compatibilityLevel } = (await response.json().catch(() => ({}))) as { compatibilityLevel?: string };
    return compatibilityLevel ?? null;
  }

  private async send(path: string, body?: object): Promise<Response> {
    const { registryUrl, auth, timeoutMs = 5_000 } = this.connection;
    const basic = auth && Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    const headers = {
      'content-type': 'application/vnd.schemaregistry.v1+json',
      ...(basic ? { authorization: `Basic ${basic}` } : {}),
    };
    const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      return await fetch(`${registryUrl.replace(/\/$/, '')}${path}`, { ...request, signal });
    } catch (error) {
      const { cause, message } = error as Error;
      throw this.unavailable(cause instanceof Error ? cause.message : message);
    }
  }

  private unavailable(why: string): RegistryUnavailable {
    return new RegistryUnavailable(`the schema registry at ${this.connection.registryUrl} does not answer (${why})`);
  }
}
