import { encodeText } from '../message/charset.js';
import type { Batch, BatchFile } from '../message/batch.js';
import { type Delimiters, encodingCharacters, readDelimiters, recommendedDelimiters } from '../message/delimiters.js';
import { escapeText } from '../message/escaping.js';
import type { Segment } from '../message/message.js';
import { formatTime } from '../message/time.js';
import type { AcknowledgementIdentity } from './acknowledge.js';

/**
 * The answer to a file of batches: for each batch one of acknowledgements, in the order of its messages, within FHS and
 * FTS where the file had them. BHS-12 and FHS-12 name what is answered; senders and receivers are swapped; BTS-1 and
 * FTS-1 count. `answers` holds the acknowledgements of each batch, already written. Source: HL7 v2 chapter 2, "Acknowledging
 * batches" (a response batch consists of individual messages); fields by hl7-dictionary 2.3 to 2.7.1.
 */
export function acknowledgeBatch(
  file: BatchFile,
  answers: readonly (readonly Uint8Array[])[],
  identity: AcknowledgementIdentity,
): Buffer {
  const parts: Uint8Array[] = [];
  if (file.header !== undefined) parts.push(headerAnswering('FHS', file.header, identity, identity.controlId));
  answers.forEach((messages, index) => {
    const id = `${identity.controlId}.${index + 1}`;
    parts.push(headerAnswering('BHS', file.batches[index]?.header, identity, id), ...messages);
    parts.push(trailer('BTS', file.batches[index], messages.length));
  });
  if (file.header !== undefined) parts.push(trailer('FTS', file, answers.length));
  return Buffer.concat(parts);
}

/** BHS or FHS: 3 to 6 sender and receiver, 7 when it was made, 11 its own control id, 12 that of what it answers. */
function headerAnswering(
  name: 'BHS' | 'FHS',
  header: Segment | undefined,
  { at }: AcknowledgementIdentity,
  controlId: string,
): Buffer {
  const delimiters = delimitersOf(header);
  const raw = (field: number): string => header?.fields[field] ?? '';
  const [application, facility, receivingApplication, receivingFacility] = [5, 6, 3, 4].map(raw);
  const fields = [
    `${name}${delimiters.field}${encodingCharacters(delimiters)}`,
    ...[application, facility, receivingApplication, receivingFacility, formatTime(at), '', '', ''],
    ...[escapeText(controlId, delimiters), raw(11)],
  ];
  return line(fields, delimiters);
}

function trailer(name: 'BTS' | 'FTS', of: Pick<Batch, 'header'> | undefined, count: number): Buffer {
  return line([name, String(count)], delimitersOf(of?.header));
}

/** Headers carry their bytes one by one, so that a name comes back as it was sent. */
function line(fields: readonly (string | undefined)[], delimiters: Delimiters): Buffer {
  return encodeText(`${fields.join(delimiters.field)}\r`, '8859/1');
}

function delimitersOf(header: Segment | undefined): Delimiters {
  if (header === undefined) return recommendedDelimiters;
  const own = readDelimiters(`${header.name}${header.fields[1] ?? ''}${header.fields[2] ?? ''}`);
  return 'code' in own ? recommendedDelimiters : own;
}
