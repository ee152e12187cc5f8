import { type Header, headerOf } from '../message/header.js';
import type { Hl7Message, Segment } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import type { Problem } from '../message/problem.js';
import type { SenderProfile } from './profile.js';
import { readByProfile } from './read-message.js';
import type { Reading } from './reading.js';

/** What a pasted message would become: what was made of it, and what nobody looked at. */
export type Preview =
  | {
      readonly readable: true;
      readonly header: Header;
      readonly warnings: readonly string[];
      readonly reading: Reading;
      /** Fields that hold something and that the profile does not use, by segment. Their values are not shown. */
      readonly unused: readonly { readonly segment: string; readonly fields: readonly number[] }[];
    }
  | { readonly readable: false; readonly problem: Problem };

/** Shows what a message would become by a profile, without doing anything. Never throws. */
export function preview(profile: SenderProfile, text: string | Uint8Array): Preview {
  const parsed = parseMessage(text, profile.charset === undefined ? {} : { charset: profile.charset });
  if (!parsed.ok) return { readable: false, problem: parsed.problem };
  const reading = readByProfile(profile, parsed.message);
  return {
    readable: true,
    header: headerOf(parsed.message),
    warnings: parsed.warnings,
    reading,
    unused: unusedFields(parsed.message, new Set(reading.read)),
  };
}

/** The same as a page of text, for a terminal. */
export function previewText(shown: Preview): string {
  if (!shown.readable) return `Cannot be read: ${shown.problem.message}\n`;
  const { header, reading } = shown;
  const { records, requisitions, movements } = reading;
  return [
    `${header.type}^${header.event} ${header.controlId} of ${header.sender.application} / ${header.sender.facility}`,
    ...[...records, ...requisitions, ...movements].flatMap((record) => ['', ...recordLines(record)]),
    ...section(
      'Findings',
      reading.findings.map(({ message, owner }) => `${message} [${owner}]`),
    ),
    ...section(
      'Passed over',
      reading.passedOver.map(({ item, because }) => `${item}: ${because}`),
    ),
    ...section('Warnings', shown.warnings),
    ...section(
      'Not used',
      shown.unused.map(({ segment, fields }) => `${segment}: ${fields.join(', ')}`),
    ),
    '',
  ].join('\n');
}

function recordLines(
  record: Reading['records'][number] | Reading['requisitions'][number] | Reading['movements'][number],
): string[] {
  const { origins, ...values } = record;
  const title = 'item' in values ? values.item : values.event;
  return [
    title,
    ...Object.entries(values)
      .filter(([field, value]) => value !== null && field !== 'item')
      .map(([field, value]) =>
        `  ${field.padEnd(14)} ${shownValue(value).padEnd(28)} ${origins[field] ?? ''}`.trimEnd(),
      ),
  ];
}

function shownValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value)
    .filter((part) => part !== null)
    .join(' ');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function unusedFields(message: Hl7Message, read: ReadonlySet<string>): { segment: string; fields: number[] }[] {
  const used = new Set(
    [...read].flatMap((path) => path.split(' + ')).map((path) => /^.{3}\[\d+\]-\d+/.exec(path)?.[0]),
  );
  const seen = new Map<string, number>();
  return message.segments
    .map(({ name, fields }: Segment) => {
      const occurrence = (seen.get(name) ?? 0) + 1;
      seen.set(name, occurrence);
      const segment = `${name}[${occurrence}]`;
      const valued = fields.flatMap((field, index) => (index > 0 && field.trim() !== '' ? [index] : []));
      return { segment, fields: valued.filter((field) => !used.has(`${segment}-${field}`)) };
    })
    .filter(({ segment, fields }) => fields.length > 0 && segment !== 'MSH[1]');
}
