import { spawn } from 'node:child_process';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { serviceNames } from '../../deploy/local/config.ts';
import { mainOf } from '../../deploy/local/launcher/parts.ts';
import { committedOffsets } from './outsider/committed-offsets.ts';
import { consumption } from './outsider/upstream.ts';
import { openStory, type Story } from './story.ts';

describe('Whoever runs a service', () => {
  it.each([
    {
      service: 'inventory-sync',
      settings: { PORT: '70000', LOG_LEVEL: 'loud', KAFKA_BROKERS: 'kafka' },
      complaints: ['DATABASE_URL', 'KAFKA_BROKERS="kafka"', 'SCHEMA_REGISTRY_URL', 'PORT="70000"', 'LOG_LEVEL="loud"'],
    },
    {
      service: 'consumption-ingest',
      settings: { PORT: '18101', MAX_RECORD_AGE: 'long', DATABASE_URL: 'mysql://somewhere' },
      complaints: ['DATABASE_URL', 'KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'MAX_RECORD_AGE="long"'],
    },
    {
      service: 'odoo-adapter',
      settings: { PORT: 'x', ODOO_PROTOCOL: 'xml-rpc', POSTING_POLICY: '{' },
      complaints: [
        'DATABASE_URL',
        'KAFKA_BROKERS',
        'ODOO_URL',
        'ODOO_DATABASE',
        'ODOO_PROTOCOL="xml-rpc"',
        'POSTING_POLICY',
      ],
    },
  ])('is told every wrong setting of $service at once, and it exits 78', async ({ service, settings, complaints }) => {
    const { code, said } = await runAlone(service, settings);
    for (const complaint of complaints) expect(said).toContain(complaint);
    expect(said).not.toContain('mysql://somewhere');
    expect(code).toBe(78);
  });

  describe('on a Wardline that works', () => {
    let story: Story;

    beforeAll(async () => {
      story = await openStory();
      return () => story.close();
    }, 300_000);

    const stopped = new Set<string>();
    afterEach(async () => {
      for (const service of stopped) await story.wardline.part(service, 'restart');
      stopped.clear();
    }, 120_000);

    it.each(serviceNames)('can end %s with SIGTERM, cleanly', async (service) => {
      stopped.add(service);
      expect(await story.wardline.part(service, 'stop')).toBe('exit code 0');
    });

    it('is not sent to restart a service for an outage of its database: it lives, is not ready, and is ready by itself after it', async () => {
      const { wardline, services } = story;
      await wardline.part('postgres', 'stop');
      try {
        await eventually(async () => expect(await services.isReady('inventory-sync')).toBe(false));
        for (const service of serviceNames) expect(await services.isLive(service)).toBe(true);
      } finally {
        await wardline.part('postgres', 'restart');
      }
      for (const service of serviceNames)
        await eventually(async () => expect(await services.isReady(service)).toBe(true), { timeoutMs: 60_000 });
    }, 180_000);

    it('finds a topic that has no handler yet unread, while the others are read to their end', async () => {
      const { hospital, upstream, wardline, services } = story;
      const [ward, product] = [await hospital.ward(), await hospital.product()];
      await story.known(product, ward);
      const record = consumption(product.code, ward.code);
      await upstream.send(record);
      await story.posted(record);
      for (const service of serviceNames) expect(await services.isReady(service)).toBe(true);

      expect(story.subscriber.seen('ProductChanged')).not.toEqual([]);
      const offsets = (group: string, topic: string) => committedOffsets(wardline.addresses.brokers, group, topic);
      expect(await offsets('procure-to-pay', 'masterdata.product')).toEqual([]);
      expect(await offsets('finance-posting', 'inventory.stock')).toEqual([]);
      await eventually(async () => {
        const read = await offsets('odoo-adapter', 'inventory.stock');
        const last = story.subscriber.seen('StockMoved', { correlationId: record.correlationId })[0];
        expect(read.find(({ partition }) => partition === last?.partition)?.offset).toBe((last?.offset ?? 0n) + 1n);
      });
    });

    it('can end a service whose events cannot be published while the brokers are away; they go out when it is back', async () => {
      const { hospital, wardline } = story;
      stopped.add('odoo-adapter');
      await wardline.part('kafka', 'stop');
      let product: { readonly code: string };
      try {
        product = await hospital.product();
        await eventually(async () => expect(await outboxAge(story)).toBeGreaterThan(0), { timeoutMs: 60_000 });
        expect(await wardline.part('odoo-adapter', 'stop')).toBe('exit code 0');
      } finally {
        await wardline.part('kafka', 'restart');
      }
      await wardline.part('odoo-adapter', 'restart');
      const after = await openStory();
      const heard = () => after.subscriber.seen('ProductChanged', { productCode: product.code });
      await eventually(() => expect(heard()).toHaveLength(1), { timeoutMs: 90_000 }).finally(() => after.close());
    }, 300_000);
  });
});

/** Age in seconds of the oldest event of the adapter that is committed and not published. */
function outboxAge({ services }: Story): Promise<number> {
  return services.metric('odoo-adapter', 'wardline_outbox_age_seconds');
}

/** Runs a built service with nothing but these settings until it ends. */
function runAlone(
  service: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [mainOf(service)], {
    env: { ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}
