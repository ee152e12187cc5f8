import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, FrameDecoder, type FrameEvent } from './frame.js';

const content = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c)));
const messagesOf = (events: readonly FrameEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'message' ? [event.bytes.toString('latin1')] : []));

describe('A stream of frames', () => {
  it('gives the same messages, wherever the network splits it', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 6 }), fc.array(fc.nat(200), { maxLength: 8 }), (messages, cuts) => {
        const stream = Buffer.concat(messages.map((message) => frame(message)));
        const places = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
        const decoder = new FrameDecoder();
        const events = places.slice(1).flatMap((end, index) => decoder.push(stream.subarray(places[index], end)));
        expect(messagesOf(events)).toEqual(messages.map((message) => message.toString('latin1')));
        expect(events).toHaveLength(messages.length);
      }),
    );
  });

  it('is read without throwing, whatever its bytes are, and to the same end byte by byte', () => {
    const noisy = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x0b, 0x1c, 0x0d)), { maxLength: 120 });
    fc.assert(
      fc.property(noisy, fc.boolean(), (bytes, endWithoutReturn) => {
        const whole = new FrameDecoder({ maxBytes: 20, endWithoutReturn });
        const single = new FrameDecoder({ maxBytes: 20, endWithoutReturn });
        const apart = bytes.flatMap((byte) => single.push(Buffer.of(byte)));
        expect(messagesOf(whole.push(Buffer.from(bytes)))).toEqual(messagesOf(apart));
      }),
    );
  });

  it('gives the same two messages, whichever byte they are cut at', () => {
    const stream = Buffer.concat([frame(Buffer.from('MSH|1\rZZ1|\x1cx')), frame(Buffer.from('MSH|2'))]);
    for (let at = 0; at <= stream.length; at += 1) {
      const decoder = new FrameDecoder();
      const events = [...decoder.push(stream.subarray(0, at)), ...decoder.push(stream.subarray(at))];
      expect(messagesOf(events)).toEqual(['MSH|1\rZZ1|\x1cx', 'MSH|2']);
      expect(decoder.isInside).toBe(false);
    }
  });

  it('may have line ends between frames; anything else there is counted as garbage', () => {
    const events = new FrameDecoder().push(Buffer.from('\r\n\x0bA\x1c\r\r\nnoise\x0bB\x1c\r'));
    expect(events).toEqual([
      { kind: 'message', bytes: Buffer.from('A') },
      { kind: 'garbage', bytes: 5 },
      { kind: 'message', bytes: Buffer.from('B') },
    ]);
  });

  it('gives a frame up when another begins within it', () => {
    const events = new FrameDecoder().push(Buffer.from('\x0bhalf\x0bB\x1c\r'));
    expect(events).toEqual([
      { kind: 'broken', bytes: 4 },
      { kind: 'message', bytes: Buffer.from('B') },
    ]);
  });

  it('takes an end byte within a message as content', () => {
    expect(messagesOf(new FrameDecoder().push(Buffer.from('\x0bA\x1cB\x1c\x1c\r')))).toEqual(['A\x1cB\x1c']);
  });

  it('ends at the end byte alone for senders that leave out the carriage return', () => {
    expect(messagesOf(new FrameDecoder({ endWithoutReturn: true }).push(Buffer.from('\x0bA\x1c')))).toEqual(['A']);
    expect(messagesOf(new FrameDecoder().push(Buffer.from('\x0bA\x1c\x0bB\x1c\r')))).toEqual(['A', 'B']);
  });

  it('keeps only the beginning of a message that is too long, and goes on with the next', () => {
    const decoder = new FrameDecoder({ maxBytes: 5000 });
    const events = [
      Buffer.from('\x0b'),
      ...Array.from({ length: 100 }, () => Buffer.alloc(1000, 'x')),
      Buffer.from('\x1c\r'),
    ]
      .flatMap((chunk) => decoder.push(chunk))
      .concat(decoder.push(frame(Buffer.from('B'))));
    expect(events.map(({ kind }) => kind)).toEqual(['too-large', 'message']);
    expect(events[0]!.kind === 'too-large' && events[0]!.head.length).toBe(4096);
  });
});
