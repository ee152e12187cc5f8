import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionTopics } from '@wardline/kafka';
import { eventually, silentLog } from '@wardline/testing';
import { startKafka } from '../../deploy/local/platform/kafka.ts';
import { freePort } from '../../deploy/local/platform/port.ts';
import { pointedAt, wardlineCommand, type Ended } from './command-line.ts';
import { ClusterAdmin } from './outsider/cluster-admin.ts';
import { Stack } from './stack.ts';

interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  readonly found: string;
  readonly owner: string | null;
  readonly remedy: string | null;
}

describe('wardline doctor, where somebody has broken a setting', { timeout: 180_000 }, () => {
  let stack: Stack;
  let admin: ClusterAdmin;

  beforeAll(async () => {
    stack = await Stack.start({ ownOdoo: true });
    admin = await ClusterAdmin.open(stack.addresses.brokers);
  }, 300_000);

  afterAll(async () => {
    await admin?.close();
    await stack?.stop();
  }, 60_000);

  const doctor = (different: Record<string, string> = {}, ...args: string[]): Promise<Ended> =>
    wardlineCommand({ ...pointedAt(stack.addresses), ...different }, ['doctor', ...args]);

  /** What is wrong, by its subject; each with what was found, whose job it is, and what to do. */
  async function problems(different: Record<string, string> = {}): Promise<Record<string, string>> {
    const { code, data } = await doctor(different, '--json', '--problems');
    const { findings } = JSON.parse(data) as { findings: Finding[] };
    expect(code).toBe(findings.length === 0 ? 0 : 1);
    for (const finding of findings) {
      expect(finding).toMatchObject({ ok: false, found: expect.stringMatching(/./) });
      expect(finding).toMatchObject({ owner: expect.stringMatching(/./), remedy: expect.stringMatching(/./) });
    }
    return Object.fromEntries(findings.map(({ subject, found }) => [subject, found]));
  }

  /** Waits until each of these subjects is named with what was found. */
  const named = (expected: Record<string, RegExp>, different?: Record<string, string>): Promise<void> =>
    eventually(
      async () => {
        const found = await problems(different);
        for (const [subject, pattern] of Object.entries(expected)) expect(found[subject], subject).toMatch(pattern);
      },
      { timeoutMs: 150_000, everyMs: 500 },
    );

  it('finds nothing wrong before, and says so of each thing on a line', async () => {
    await eventually(async () => expect(await problems()).toEqual({}), { timeoutMs: 60_000, everyMs: 500 });
    const { code, data, notes } = await doctor();
    expect(code).toBe(0);
    expect(notes).toContain('all is well');
    for (const line of data.trimEnd().split('\n')) expect(line).toMatch(/^ok {5}\S/);
    expect(data).toContain('topic clinical.consumption: 6 partitions');
    expect(data).toContain('broker 1: Kafka 4.1');
  }, 120_000);

  it('names a broker address that is wrong, beside one that is right and alone', async () => {
    const right = stack.addresses.brokers;
    await named({ 'broker address 127.0.0.1:1': /ECONNREFUSED/ }, { KAFKA_BROKERS: `127.0.0.1:1,${right}` });
    const { code, data } = await doctor({ KAFKA_BROKERS: '127.0.0.1:1' }, '--problems');
    expect(code).toBe(1);
    expect(data.trimEnd()).toMatch(/^WRONG {2}broker address 127\.0\.0\.1:1: .*→ platform team: .*KAFKA_BROKERS$/);
  });

  it('names a registry address that is wrong', async () => {
    const wrong = `${stack.addresses.registryUrl}/nowhere`;
    await named({ [`schema registry ${wrong}`]: /HTTP 404/ }, { SCHEMA_REGISTRY_URL: wrong });
  });

  it('names every setting of its own that cannot be right, and does nothing', async () => {
    const { code, notes } = await doctor({ KAFKA_TLS: 'perhaps', WARDLINE_SERVICES: 'lab' });
    expect(code).toBe(2);
    for (const setting of ['KAFKA_TLS="perhaps"', 'WARDLINE_SERVICES="lab"']) expect(notes).toContain(setting);
  });

  it('names a service of another release, with the schemas that differ, and a clock that is off', async () => {
    const service = stack.addresses.services['inventory-sync'] ?? '';
    const proxy = await anotherRelease(service);
    try {
      const found = await problems({
        WARDLINE_SERVICES: `${pointedAt(stack.addresses)['WARDLINE_SERVICES']},inventory-sync=${proxy.url}`,
      });
      expect(Object.keys(found).sort()).toEqual([
        ...['clock of inventory-sync', 'clock of the PostgreSQL of inventory-sync'],
        ...['schemas of inventory-sync', 'version of inventory-sync'],
      ]);
      expect(found['version of inventory-sync']).toContain('is 9.9.9');
      expect(found['schemas of inventory-sync']).toContain('StockMoved');
      expect(found['clock of inventory-sync']).toMatch(/(?:9 min \d+|10 min 0) s behind/);
      expect(found['clock of the PostgreSQL of inventory-sync']).toMatch(/(?:9 min \d+|10 min 0) s ahead of/);
    } finally {
      proxy.close();
    }
  });

  it('names a topic with too many partitions, one that is compacted, and one that forgets too soon', async () => {
    await admin.setPartitions('supplier.message', 5);
    await admin.setTopic('finance.entry', 'cleanup.policy', 'compact');
    await admin.setTopic('erp.posting', 'retention.ms', '3600000');
    await named({
      'topic supplier.message': /has 5 partitions and the catalogue says 3/,
      'topic finance.entry': /cleanup\.policy=compact and the catalogue says delete/,
      'topic erp.posting': /retention\.ms=3600000/,
    });
  });

  it('names a schema that is gone, one that is another, and one without its rule', async () => {
    const { registryUrl } = stack.addresses;
    const subject = (name: string) => `${registryUrl}/subjects/${name}`;
    const gone = 'operations.exception-org.wardline.operations.ExceptionResolved';
    const other = 'erp.change-org.wardline.erp.OpeningBalanceReported';
    const ruleless = 'inventory.stock-org.wardline.inventory.StockMoved';
    await request('DELETE', subject(gone));
    await request('DELETE', subject(other));
    await request('PUT', `${registryUrl}/config/${ruleless}`, { compatibility: 'NONE' });
    const fields = [{ name: 'colour', type: 'string' }];
    const schema = JSON.stringify({
      type: 'record',
      name: 'OpeningBalanceReported',
      namespace: 'org.wardline.erp',
      fields,
    });
    await request('POST', `${subject(other)}/versions`, { schema });
    await request('PUT', `${registryUrl}/config/${other}`, { compatibility: 'FULL_TRANSITIVE' });
    const found = await problems();
    expect(found[`schema ${gone}`]).toBe('is not registered');
    expect(found[`schema ${other}`]).toContain('incompatible');
    expect(found[`schema ${ruleless}`]).toContain('compatibility is NONE');
  });

  it('names a service that is down, and that nobody reads for it', async () => {
    await stack.part('finance-posting').stop();
    await named({
      'service finance-posting': /does not answer at http.*ECONNREFUSED/,
      'consumer group finance-posting': /has no members/,
    });
  });

  it('names a topic that is missing', async () => {
    await admin.deleteTopic('bank.statement');
    await named({ 'topic bank.statement': /does not exist/ });
  });

  it('names an Odoo that the adapter cannot reach', async () => {
    await stack.line.cut();
    await named({ [`Odoo ${stack.line.url}`]: /does not work for odoo-adapter/ });
  });

  it('names a right that this user does not have', async () => {
    const guarded = await startKafka({
      directory: join(stack.directory, 'guarded-kafka'),
      port: await freePort(),
      settings: {
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'allow.everyone.if.no.acl.found': true,
      },
    });
    try {
      await provisionTopics({ brokers: [guarded.url], clientId: 'test', replicationFactor: 1, log: silentLog });
      const guard = await ClusterAdmin.open(guarded.url);
      await guard.makeReadOnly('clinical.consumption');
      await guard.close();
      await named(
        {
          'topic clinical.consumption': /settings may not be read/,
          'rights of ANONYMOUS': /^may not write clinical\.consumption$/,
        },
        { KAFKA_BROKERS: guarded.url },
      );
    } finally {
      await guarded.stop();
    }
  }, 180_000);
});

/** The service as one of another release would be: another version, another schema, clocks that are off by ten minutes. */
async function anotherRelease(service: string): Promise<{ readonly url: string; close(): void }> {
  const server: HttpServer = createServer((asked, response) => {
    void (async () => {
      const answer = await fetch(service + (asked.url ?? ''));
      const text = await answer.text();
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(asked.url === '/diagnosis' ? JSON.stringify(aged(JSON.parse(text) as Diagnosis)) : text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

interface Diagnosis {
  readonly time: string;
  readonly schemas: Record<string, string>;
  readonly database: { readonly time: string };
}

function aged(diagnosis: Diagnosis): object {
  const moved = (time: string, ms: number) => new Date(new Date(time).getTime() + ms).toISOString();
  return {
    ...diagnosis,
    version: '9.9.9',
    time: moved(diagnosis.time, -600_000),
    database: { ...diagnosis.database, time: moved(diagnosis.database.time, 600_000) },
    schemas: { ...diagnosis.schemas, 'org.wardline.inventory.StockMoved': 'another' },
  };
}

async function request(method: string, url: string, body?: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, body === undefined ? { method } : { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}
