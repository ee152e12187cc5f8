import type { ServerResponse } from 'node:http';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { EpcisException } from './problem-document.js';

/** Answers with `application/problem+json` (RFC 7807, section 3). */
@Catch(EpcisException)
export class ProblemDocuments implements ExceptionFilter<EpcisException> {
  catch(exception: EpcisException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    response.writeHead(exception.getStatus(), { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(exception.getResponse()));
  }
}
