import { All, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { SimulatorConfig } from '../config.js';
import { Gate } from '../gate.js';
import { badRequest, notFound, unauthorized } from '../odoo-error.js';
import type { Value } from '../orm/field.js';
import { CONFIG } from '../tokens.js';
import { answer, unknownDatabase, type TextRequest } from './answer.js';

/** Odoo's JSON-2 interface: arguments by name, answers as plain JSON. */
@Controller('json/2')
export class Json2Controller {
  constructor(
    private readonly gate: Gate,
    @Inject(CONFIG) private readonly config: SimulatorConfig,
  ) {}

  @Post(':model/:method')
  @HttpCode(200)
  async call(
    @Param('model') model: string,
    @Param('method') method: string,
    @Req() request: TextRequest,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const database = request.headers['x-odoo-database'];
    if (database !== undefined && database !== this.config.ODOO_DATABASE) return unknownDatabase(response);
    await answer(response, async () => {
      this.checkKey(request.headers.authorization);
      const { ids, context, ...args } = parseBody(request.body);
      return this.gate.run({ model, method, ids: idsOf(ids), args }, contextOf(context));
    });
  }

  @All(['', '*path'])
  async elsewhere(@Res() response: ServerResponse): Promise<void> {
    await answer(response, () => Promise.reject(notFound('Did you mean POST /json/2/<model>/<method>?')));
  }

  private checkKey(header: string | undefined): void {
    const key = /^bearer\s+(.+)$/i.exec(header ?? '')?.[1];
    if (key === undefined)
      throw unauthorized('User not authenticated, use an API Key with a Bearer Authorization header.');
    if (key !== this.config.ODOO_API_KEY) throw unauthorized('Invalid apikey');
  }
}

function parseBody(body: unknown): Record<string, Value> {
  const text = typeof body === 'string' ? body : '';
  if (text.trim() === '') return {};
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, Value>;
  } catch (error) {
    throw badRequest(`could not parse the body as json: ${(error as Error).message}`);
  }
  throw badRequest('could not parse the body as json: expected an object');
}

const idsOf = (ids: Value): number[] => (Array.isArray(ids) ? ids.map(Number) : typeof ids === 'number' ? [ids] : []);

const contextOf = (context: Value): Record<string, Value> =>
  typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {};
