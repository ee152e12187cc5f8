import type { IncomingMessage } from 'node:http';
import { refusal, type FhirAnswer } from './fhir-answer.js';

const largest = 10 * 1024 * 1024;
const taken = 'application/fhir+json';
const versions: Readonly<Record<string, string>> = { R4: '4.0', R5: '5.0' };

/**
 * The text of a request, or why it is not taken: another content type than `application/fhir+json`, another release of FHIR
 * than the address (`fhirVersion` of the content type), no answer in JSON wanted, more than 10 MiB, or bytes that are no
 * UTF-8. Source: R4 and R5, "RESTful API", content types.
 */
export async function readBody(request: IncomingMessage, version: string): Promise<string | FhirAnswer> {
  const { 'content-type': type = '', accept = '*/*' } = request.headers;
  if (!/^application\/fhir\+json\s*(;|$)/i.test(type))
    return refusal(415, 'not-supported', `The content type ${type || '(none)'} is not taken, only ${taken}.`);
  const told = /;\s*fhirVersion\s*=\s*"?([^;"\s]+)/i.exec(type)?.[1];
  if (told !== undefined && told !== versions[version])
    return refusal(415, 'not-supported', `The content is said to be FHIR ${told}, and the address is of ${version}.`);
  if (!/(\*|application)\/(\*|json|fhir\+json)/i.test(accept))
    return refusal(406, 'not-supported', `Only ${taken} can be answered, not ${accept}.`);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largest)
      return refusal(413, 'too-long', `The body is longer than ${largest} bytes; send less at a time.`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return refusal(400, 'invalid', 'The body is no UTF-8, which FHIR asks for.');
  }
}
