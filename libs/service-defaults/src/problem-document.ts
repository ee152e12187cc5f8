import type { ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';

/** What a problem document says (RFC 7807, section 3.1). */
export interface Problem {
  /** Names the kind of problem, in the words of the interface's standard. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** Answers a request with a problem document; only under {@link ProblemDocuments}. */
export class ProblemDocument extends HttpException {
  constructor(problem: Problem) {
    super(problem, problem.status);
  }
}

/** Answers {@link ProblemDocument}s with `application/problem+json` (RFC 7807, section 3). */
@Catch(ProblemDocument)
export class ProblemDocuments implements ExceptionFilter<ProblemDocument> {
  catch(exception: ProblemDocument, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    response.writeHead(exception.getStatus(), { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(exception.getResponse()));
  }
}
