import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersTo } from '../src/acknowledgement/acknowledge.js';
import { isBatch, parseBatch } from '../src/message/batch.js';
import { type Hl7Message, writeMessage } from '../src/message/message.js';
import { parseMessage } from '../src/message/parse.js';
import { exampleProfiles } from '../src/profile/example-profiles.js';
import type { SenderProfile } from '../src/profile/profile.js';
import { readByProfile } from '../src/profile/read-message.js';

interface Golden {
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly profile: string;
  readonly expected: {
    readonly refused?: unknown;
    readonly findings?: readonly unknown[];
    /** Of a batch: what is wrong with it as a whole, and what each of its messages comes to. */
    readonly problems?: readonly unknown[];
    readonly messages?: readonly unknown[];
  };
}

const folder = join(import.meta.dirname, 'golden');
const goldens = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file): Golden => ({
    ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Golden, 'file'>),
    file: file.replace('.json', '.hl7'),
  }));
const identity = { controlId: 'ACK-1', at: new Date('2026-11-21T08:00:00Z') };

describe.each(exampleProfiles.map((profile) => [profile.title, profile] as const))('%s', (_, profile) => {
  it.each(
    goldens.filter(({ profile: name }) => name === profile.name).map((golden) => [golden.title, golden] as const),
  )('%s', (_title, golden) => {
    expect(outcome(profile, golden)).toEqual(golden.expected);
  });
});

describe('The golden messages', () => {
  it('number at least sixty over at least five senders, at least fifteen of them with something to complain of', () => {
    expect(goldens.length).toBeGreaterThanOrEqual(60);
    expect(new Set(goldens.map(({ profile }) => profile)).size).toBeGreaterThanOrEqual(5);
    const complained = goldens.filter(({ expected }) => expected.refused || (expected.findings?.length ?? 0) > 0);
    expect(complained.length).toBeGreaterThanOrEqual(15);
  });

  it('each say where they come from', () => {
    for (const { source } of goldens) expect(source.length).toBeGreaterThan(20);
  });

  it('mean the same with any line end, and after being written with other delimiters', () => {
    const other = { field: '#', component: '*', repetition: '@', escape: '!', subComponent: '%', truncation: '' };
    for (const golden of goldens.filter(({ expected }) => !expected.refused && !expected.messages)) {
      const profile = exampleProfiles.find(({ name }) => name === golden.profile)!;
      const parsed = read(profile, golden);
      if (!parsed.ok) throw new Error(golden.file);
      const rewritten = parseMessage(writeMessage(parsed.message, other));
      expect(rewritten.ok && meaning(profile, rewritten.message)).toEqual(meaning(profile, parsed.message));
      for (const end of ['\r', '\r\n', '\n']) {
        const again = parseMessage(writeMessage(parsed.message).replaceAll('\r', end));
        expect(again.ok && meaning(profile, again.message)).toEqual(meaning(profile, parsed.message));
      }
    }
  });
});

function read(profile: SenderProfile, { file }: Golden) {
  return readBytes(profile, readFileSync(join(folder, file)));
}

function readBytes(profile: SenderProfile, bytes: Buffer) {
  return parseMessage(bytes, profile.charset === undefined ? {} : { charset: profile.charset });
}

function meaning(profile: SenderProfile, message: Hl7Message) {
  const { read: _read, ...reading } = readByProfile(profile, message);
  return reading;
}

function outcome(profile: SenderProfile, { file }: Golden): unknown {
  const bytes = readFileSync(join(folder, file));
  if (!isBatch(bytes)) return outcomeOf(profile, bytes);
  const { problems, batches } = parseBatch(bytes);
  return { problems, messages: batches.flatMap(({ messages }) => messages.map((one) => outcomeOf(profile, one))) };
}

function outcomeOf(profile: SenderProfile, bytes: Buffer): unknown {
  const parsed = readBytes(profile, bytes);
  if (!parsed.ok) return { refused: parsed.problem };
  const reading = meaning(profile, parsed.message);
  // Without MSH, which repeats the sender: what the sender is told.
  const answer = answersTo(parsed.message, reading.findings, identity).map((text) =>
    text.split('\r').slice(1).join('\n'),
  );
  return { ...reading, answer };
}
