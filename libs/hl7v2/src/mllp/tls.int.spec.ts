import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@wardline/testing';
import { describe, expect, it } from 'vitest';
import { accept, client, listen, message, msa } from '../../test/mllp-stand.js';

const pem = (name: string): string => readFileSync(join(import.meta.dirname, '../../test/tls', `${name}.pem`), 'utf8');

describe('With TLS', () => {
  const tls = { key: pem('server.key'), cert: pem('server') };

  it('knows a sender by its certificate', async () => {
    const peers: unknown[] = [];
    await listen({
      tls: { ...tls, ca: pem('ca') },
      handle: async (bytes, peer) => {
        peers.push(peer.certificate);
        return accept(bytes);
      },
    });
    const sender = await client({ tls: { ca: pem('ca'), key: pem('cabinet-7.key'), cert: pem('cabinet-7') } });
    expect(msa(await sender.send(message('M-1')))).toBe('MSA|AA|M-1');
    expect(peers).toEqual(['cabinet-7']);
  });

  it.each([
    ['without a certificate', {}],
    ['with the certificate of somebody else', { key: 'stranger.key', cert: 'stranger' }],
  ])('turns away a sender %s', async (_, own: { key?: string; cert?: string }) => {
    const seen: string[] = [];
    await listen({ tls: { ...tls, ca: pem('ca') }, onEvent: ({ kind }) => seen.push(kind) });
    const shown = own.key === undefined ? {} : { key: pem(own.key), cert: pem(own.cert!) };
    const sent = client({ tls: { ca: pem('ca'), ...shown } }).then((sender) => sender.send(message('M-1')));
    await expect(sent).rejects.toThrow();
    await eventually(() => expect(seen).toEqual(['tls-refused']));
  });

  it('needs no certificate of the sender where none was asked for', async () => {
    await listen({ tls });
    expect(msa(await (await client({ tls: { ca: pem('ca') } })).send(message('M-1')))).toBe('MSA|AA|M-1');
  });
});
