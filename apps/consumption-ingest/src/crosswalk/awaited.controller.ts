import { Controller, Get, Query } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { AwaitedCodeWatch } from './awaited-code-watch.js';
import { crosswalkKind, crosswalkText } from './crosswalk.js';
import { SuggestionStore, type Suggestion } from './suggestion.store.js';

const question = z.strictObject({
  kind: z.preprocess((kind) => (typeof kind === 'string' ? kind.toUpperCase() : kind), crosswalkKind),
  code: crosswalkText,
  text: crosswalkText.nullable().default(null),
});

const awaitedAnswer = z.object({
  ...{ name: z.string(), records: z.number().int(), code: z.string(), message: z.string(), owner: z.string() },
  exceptionId: z.uuid().nullable(),
});
const suggestionAnswer = z.object({ target: z.string(), name: z.string(), similarity: z.number() });

/** What waits for the owners of master data, and what they might answer. */
@Controller('crosswalk')
export class AwaitedController {
  constructor(
    private readonly database: Database,
    private readonly watch: AwaitedCodeWatch,
    private readonly suggestions: SuggestionStore,
  ) {}

  /** Codes that records wait for, with how many do. */
  @Get('awaited')
  @Describes({ summary: 'Codes that records wait for', answer: z.array(awaitedAnswer) })
  awaited(): ReturnType<AwaitedCodeWatch['open']> {
    return this.watch.open();
  }

  /** For a person to confirm by PUT: never applied by itself. */
  @Get('suggestions')
  @Describes({ summary: 'Codes of ours that are alike', query: question, answer: z.array(suggestionAnswer) })
  suggest(@Query() query: unknown): Promise<Suggestion[]> {
    const { kind, code, text } = parseRequest(question, query);
    return this.database.transaction((tx) => this.suggestions.alike(tx, kind, code, text));
  }
}
