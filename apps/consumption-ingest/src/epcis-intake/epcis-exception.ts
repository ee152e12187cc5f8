import { ProblemDocument } from '@wardline/service-defaults';

/** Titles and statuses of the exceptions of the EPCIS 2.0 REST bindings that can arise here. */
const exceptions = {
  ValidationException: { status: 400, title: 'The document is not valid' },
  NoSuchResourceException: { status: 404, title: 'Resource not found' },
  CaptureLimitExceededException: { status: 413, title: 'Capture Payload too large' },
  UnsupportedMediaTypeException: { status: 415, title: 'Unsupported Media Type' },
} as const;

/** A problem document as the EPCIS 2.0 REST bindings name it. */
export class EpcisException extends ProblemDocument {
  constructor(name: keyof typeof exceptions, detail: string) {
    const { status, title } = exceptions[name];
    super({ type: `epcisException:${name}`, title, status, detail });
  }
}
