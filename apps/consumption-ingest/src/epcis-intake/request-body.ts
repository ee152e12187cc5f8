import type { IncomingMessage } from 'node:http';
import { EpcisException } from './epcis-exception.js';

/** A request; its body is there already where its type is `application/json`. */
export type CaptureRequest = IncomingMessage & { readonly body?: unknown };

/** Longest document, in bytes. */
export const mostBytes = 8_000_000;

/** The JSON of a request: as the server read it, or read here for `application/ld+json`. */
export async function bodyOf(request: CaptureRequest): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'application/json') return request.body;
  if (type !== 'application/ld+json')
    throw new EpcisException(
      'UnsupportedMediaTypeException',
      `${type || 'No content type'}: send application/ld+json or application/json.`,
    );
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  if (bytes > mostBytes)
    throw new EpcisException(
      'CaptureLimitExceededException',
      `The document has ${bytes} bytes; send at most ${mostBytes}.`,
    );
  return parsed(Buffer.concat(chunks).toString('utf8'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new EpcisException(
      'ValidationException',
      `The document is no JSON: ${(error as Error).message.slice(0, 200)}.`,
    );
  }
}
