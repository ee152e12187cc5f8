import { encodeText } from '../message/charset.js';
import { parseMessage } from '../message/parse.js';
import { type AcknowledgementIdentity, answersFor, answerUnreadable } from './acknowledge.js';

/**
 * The answer to a message that could not be handled, whatever the reason: AE, or CE in enhanced mode, with table 0357's
 * 207 and the reason. Never nothing: a sender that hears nothing waits, and sends nothing more. To be given to the server
 * as `failed`.
 *
 * HL7 v2.5 chapter 2.9.2.2 would rather have AR when the reason lies not in the message; engines in the field repeat after
 * AE, so that is what is sent unless `originalMode` says `AR`.
 */
export function answerFailure(
  bytes: Uint8Array,
  reason: unknown,
  identity: AcknowledgementIdentity,
  originalMode: 'AE' | 'AR' = 'AE',
): Buffer {
  const parsed = parseMessage(bytes, { charset: '8859/1' });
  const header = parsed.ok ? parsed.message : parsed.header;
  const problem = {
    code: 207,
    message: reason instanceof Error ? reason.message : 'It could not be handled.',
  } as const;
  if (header === undefined) return encodeText(answerUnreadable(problem, identity), 'ASCII');
  const asked = answersFor(header, 'error', [problem], identity);
  const text = asked[0] ?? answerUnreadable(problem, identity, header);
  return encodeText(originalMode === 'AR' ? text.replace(/(\rMSA.)AE/, '$1AR') : text, header.charset);
}
