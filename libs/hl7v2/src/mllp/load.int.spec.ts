import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { eventually } from '@wardline/testing';
import { describe, expect, it } from 'vitest';
import { accept, client, listen, message, msa, open } from '../../test/mllp-stand.js';
import { frame, FrameDecoder } from './frame.js';

/** Sends bytes as they are; answers the acknowledgements that have come so far. */
function rawSender(): {
  readonly write: (bytes: Buffer) => void;
  readonly answers: string[];
  readonly end: () => void;
} {
  const socket = connect({ port: open.server!.port, host: '127.0.0.1' });
  const decoder = new FrameDecoder();
  const answers: string[] = [];
  socket.setNoDelay(true).on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    for (const event of decoder.push(chunk)) if (event.kind === 'message') answers.push(msa(event.bytes));
  });
  return { write: (bytes) => void socket.write(bytes), answers, end: () => void socket.end() };
}

const numbered = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('Senders under load', () => {
  it('that do not wait for answers get every one of them, in order, and no two of their messages at once', async () => {
    let atOnce = 0;
    let most = 0;
    await listen({
      handle: async (bytes) => {
        most = Math.max(most, ++atOnce);
        await after(Math.random() * 3);
        atOnce -= 1;
        return accept(bytes);
      },
    });
    const sender = rawSender();
    const ids = numbered(200, 'M');
    sender.write(Buffer.concat(ids.map((id) => frame(Buffer.from(message(id))))));
    await eventually(() => expect(sender.answers).toEqual(ids.map((id) => `MSA|AA|${id}`)));
    expect(most).toBe(1);
    sender.end();
  });

  it('are served beside each other: a slow message of one holds up none of the other', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await listen({
      handle: async (bytes) => {
        if (bytes.includes('SLOW')) await held;
        return accept(bytes);
      },
    });
    const [slow, quick] = [await client(), await client()];
    const waiting = slow.send(message('SLOW'));
    const ids = numbered(20, 'Q');
    const answers = await Promise.all(ids.map((id) => quick.send(message(id))));
    expect(answers.map(msa)).toEqual(ids.map((id) => `MSA|AA|${id}`));
    release();
    expect(msa(await waiting)).toBe('MSA|AA|SLOW');
  });

  it('that send byte by byte, two at once, each get their own answer', async () => {
    await listen();
    const senders = [rawSender(), rawSender()];
    const frames = senders.map((_, index) => frame(Buffer.from(message(`B-${index}`))));
    for (let at = 0; at < frames[0]!.length; at += 1) {
      senders.forEach((sender, index) => sender.write(frames[index]!.subarray(at, at + 1)));
      if (at % 10 === 0) await after(0);
    }
    await eventually(() => expect(senders.map(({ answers }) => answers)).toEqual([['MSA|AA|B-0'], ['MSA|AA|B-1']]));
    for (const sender of senders) sender.end();
  });

  it('that fall silent within a frame, or drip, lose their connection; nothing of it is handled and others go on', async () => {
    const seen: string[] = [];
    const handled: string[] = [];
    await listen({
      frameTimeoutMs: 150,
      handle: async (bytes) => {
        handled.push(/HALF|W-\d/.exec(bytes.toString())![0]);
        return accept(bytes);
      },
      onEvent: ({ kind }) => seen.push(kind),
    });
    const silent = await client();
    silent.write(frame(Buffer.from(message('HALF'))).subarray(0, 30));
    const dripping = setInterval(() => silent.write(Buffer.from('x')), 20);
    const other = await client();
    expect(msa(await other.send(message('W-1')))).toBe('MSA|AA|W-1');
    await silent.closed.finally(() => clearInterval(dripping));
    expect(msa(await other.send(message('W-2')))).toBe('MSA|AA|W-2');
    expect(handled).toEqual(['W-1', 'W-2']);
    expect(seen).toContain('unfinished');
  });

  it('that take their time between frames, or for one that is under way, keep their connection', async () => {
    await listen({
      frameTimeoutMs: 60,
      handle: async (bytes) => {
        await after(150);
        return accept(bytes);
      },
    });
    const sender = await client();
    for (const id of ['T-1', 'T-2']) {
      expect(msa(await sender.send(message(id)))).toBe(`MSA|AA|${id}`);
      await after(100);
    }
  });
});
