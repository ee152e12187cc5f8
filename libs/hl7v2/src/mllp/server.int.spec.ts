import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { eventually } from '@wardline/testing';
import { describe, expect, it } from 'vitest';
import { accept, client, listen, message, msa, open } from '../../test/mllp-stand.js';
import { connectMllp } from './client.js';
import { frame, FrameDecoder } from './frame.js';
import { listenMllp } from './server.js';

describe('A connection', () => {
  it('answers each message after it was handled, in the order in which they came', async () => {
    const handled: string[] = [];
    await listen({
      handle: async (bytes) => {
        const id = /M-\d/.exec(bytes.toString())![0];
        // The first is the slowest: without an order, the others would overtake it.
        await after(id === 'M-1' ? 50 : 0);
        handled.push(id);
        return accept(bytes);
      },
    });
    const sender = await client();
    const answers = await Promise.all(['M-1', 'M-2', 'M-3'].map((id) => sender.send(message(id))));
    expect(answers.map(msa)).toEqual(['MSA|AA|M-1', 'MSA|AA|M-2', 'MSA|AA|M-3']);
    expect(handled).toEqual(['M-1', 'M-2', 'M-3']);
  });

  it('answers with AE and the reason when the handler fails, and goes on', async () => {
    const seen: unknown[] = [];
    await listen({
      handle: async (bytes) => {
        if (bytes.includes('M-1')) throw new Error('the database is away');
        return accept(bytes);
      },
      onEvent: (event) => seen.push(event.kind),
    });
    const sender = await client();
    expect(msa(await sender.send(message('M-1')))).toBe('MSA|AE|M-1|the database is away');
    expect(msa(await sender.send(message('M-1', '', '|||AL|NE')))).toBe('MSA|CE|M-1|the database is away');
    expect(msa(await sender.send(message('M-2')))).toBe('MSA|AA|M-2');
    expect(seen).toEqual(['connected', 'failed', 'failed']);
  });

  it('answers even what is no HL7 at all', async () => {
    await listen();
    expect(msa(await (await client()).send('hello'))).toMatch(/^MSA\|AR\|\|/);
  });

  it('answers a message that is too long, and takes the next', async () => {
    await listen({ maxBytes: 1000 });
    const sender = await client();
    expect(msa(await sender.send(message('M-1', `ZZ1|${'x'.repeat(100_000)}`)))).toMatch(
      /^MSA\|AE\|M-1\|The message is longer/,
    );
    expect(msa(await sender.send(message('M-2')))).toBe('MSA|AA|M-2');
  });

  it('gives both answers in enhanced mode, and none when none is wanted', async () => {
    await listen();
    const socket = connect({ port: open.server!.port, host: '127.0.0.1' });
    const decoder = new FrameDecoder();
    const answers: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      for (const event of decoder.push(chunk)) if (event.kind === 'message') answers.push(msa(event.bytes));
    });
    socket.write(frame(Buffer.from(message('M-1', '', '|||NE|NE'))));
    socket.write(frame(Buffer.from(message('M-2', '', '|||AL|AL'))));
    socket.end(frame(Buffer.from(message('M-3'))));
    await eventually(() => expect(answers).toEqual(['MSA|CA|M-2', 'MSA|AA|M-2', 'MSA|AA|M-3']));
  });

  it('takes messages cut anywhere and noise between them', async () => {
    const seen: string[] = [];
    await listen({ onEvent: ({ kind }) => seen.push(kind) });
    const sender = await client();
    const answer = sender.send(message('M-1'));
    expect(msa(await answer)).toBe('MSA|AA|M-1');
    const bytes = frame(Buffer.from(message('M-2')));
    const second = sender.send(message('M-3'));
    sender.write(Buffer.from('\r\nnoise'));
    for (const byte of bytes) sender.write(Buffer.of(byte));
    expect(msa(await second)).toBe('MSA|AA|M-3');
    await eventually(() => expect(seen).toContain('garbage'));
  });

  it('reads no more while a message is under way, so that a fast sender is slowed down', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let handled = 0;
    await listen({
      handle: async (bytes) => {
        await held;
        handled += 1;
        return accept(bytes);
      },
    });
    const socket = connect({ port: open.server!.port, host: '127.0.0.1' });
    const big = frame(Buffer.from(message('M-1', `ZZ1|${'x'.repeat(500_000)}`)));
    let answers = 0;
    const decoder = new FrameDecoder();
    socket.on('data', (chunk: Buffer) => (answers += decoder.push(chunk).length));
    let accepted = true;
    for (let sent = 0; sent < 60; sent++) accepted = socket.write(big);
    expect(accepted).toBe(false);
    await eventually(() => expect(socket.writableLength).toBeGreaterThan(10_000_000));
    expect(handled).toBe(0);
    release();
    await eventually(() => expect(answers).toBe(60), { timeoutMs: 30_000 });
    socket.destroy();
  });

  it('is closed when nothing is heard, but not while something is under way', async () => {
    await listen({
      idleTimeoutMs: 60,
      handle: async (bytes) => {
        await after(200);
        return accept(bytes);
      },
    });
    const sender = await client();
    expect(msa(await sender.send(message('M-1')))).toBe('MSA|AA|M-1');
    await sender.closed;
    await eventually(() => expect(open.server!.connections).toBe(0));
  });

  it('is cut when it never says anything but noise', async () => {
    await listen();
    const sender = await client();
    sender.write(Buffer.alloc(200_000, 'x'));
    await sender.closed;
  });
});

describe('A server', () => {
  it('turns away more connections than it takes', async () => {
    const seen: string[] = [];
    await listen({ maxConnections: 1, onEvent: ({ kind }) => seen.push(kind) });
    const first = await client();
    expect(msa(await first.send(message('M-1')))).toBe('MSA|AA|M-1');
    const second = await client();
    await second.closed;
    expect(seen).toContain('turned-away');
    expect(msa(await first.send(message('M-2')))).toBe('MSA|AA|M-2');
  });

  it('answers what is under way before it closes, and takes nothing new', async () => {
    let begun = false;
    await listen({
      handle: async (bytes) => {
        begun = true;
        await after(100);
        return accept(bytes);
      },
    });
    const sender = await client();
    const answer = sender.send(message('M-1'));
    await eventually(() => expect(begun).toBe(true));
    const closed = open.server!.close();
    expect(msa(await answer)).toBe('MSA|AA|M-1');
    await closed;
    await expect(connectMllp({ port: open.server!.port })).rejects.toThrow();
    await expect(sender.send(message('M-2'))).rejects.toThrow();
  });

  it('cuts what does not end within the time it was given', async () => {
    let begun = false;
    await listen({
      handle: () => {
        begun = true;
        return new Promise(() => undefined);
      },
    });
    const sender = await client();
    const answer = sender.send(message('M-1'));
    answer.catch(() => undefined);
    await eventually(() => expect(begun).toBe(true));
    await open.server!.close(50);
    await expect(answer).rejects.toThrow('closed before an acknowledgement');
  });

  it('says so when its port is taken', async () => {
    const { port } = await listen();
    await expect(listenMllp({ port, handle: async () => undefined, failed: () => undefined })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
