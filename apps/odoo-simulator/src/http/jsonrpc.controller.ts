import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { SimulatorConfig } from '../config.js';
import { ConnectionCut, Gate } from '../gate.js';
import { models } from '../models.js';
import { adminUid } from '../odoo.js';
import { OdooError, userError } from '../odoo-error.js';
import { methodOf, namedArguments } from '../orm/call.js';
import { textOf, type Value } from '../orm/field.js';
import { CONFIG } from '../tokens.js';
import { asOdooError, send, type TextRequest } from './answer.js';

interface RpcRequest {
  readonly id?: number | string | null;
  readonly params?: { readonly service?: string; readonly method?: string; readonly args?: Value[] };
}

/** Odoo's older interface: `common` and `object.execute_kw`, always answered with status 200. */
@Controller('jsonrpc')
export class JsonRpcController {
  constructor(
    private readonly gate: Gate,
    @Inject(CONFIG) private readonly config: SimulatorConfig,
  ) {}

  @Post()
  @HttpCode(200)
  async serve(@Req() request: TextRequest, @Res() response: ServerResponse): Promise<void> {
    const asked = parse(request.body);
    const envelope = { jsonrpc: '2.0', id: asked.id ?? null };
    try {
      reply(response, { ...envelope, result: (await this.dispatch(asked)) ?? null });
    } catch (error) {
      if (error instanceof ConnectionCut) return void response.socket?.destroy();
      const failure = inRpcWords(asOdooError(error));
      reply(response, { ...envelope, error: { code: 0, message: 'Odoo Server Error', data: failure.body() } });
    }
  }

  private async dispatch({ params }: RpcRequest): Promise<unknown> {
    const args = params?.args ?? [];
    const called = `${params?.service}.${params?.method}`;
    if (called === 'common.version') return version;
    if (called === 'common.authenticate' || called === 'common.login') {
      this.checkDatabase(args[0]);
      return args[1] === 'admin' && this.knows(args[2]) ? adminUid : false;
    }
    if (called === 'object.execute_kw' || called === 'object.execute')
      return this.execute(args, called === 'object.execute');
    throw userError(`Method not available ${called}`);
  }

  private async execute(args: Value[], isFlat: boolean): Promise<unknown> {
    const [database, uid, password, modelName, name, ...rest] = args;
    this.checkDatabase(database);
    if (Number(uid) !== adminUid || !this.knows(password))
      throw new OdooError(200, 'odoo.exceptions.AccessDenied', 'Access Denied');
    if (!models.has(textOf(modelName))) throw userError(`Object ${textOf(modelName)} doesn't exist`);
    const positional = (isFlat ? rest : (rest[0] ?? [])) as Value[];
    const named = (isFlat ? {} : (rest[1] ?? {})) as Record<string, Value>;
    const method = methodOf(models.get(textOf(modelName)), textOf(name));
    const { ids, args: byName } = namedArguments(method, positional, named);
    const context = (named['context'] ?? {}) as Record<string, Value>;
    return this.gate.run({ model: textOf(modelName), method: textOf(name), ids, args: byName }, context);
  }

  private knows(password: Value): boolean {
    return password === this.config.ODOO_API_KEY;
  }

  private checkDatabase(name: Value): void {
    if (name === this.config.ODOO_DATABASE) return;
    throw new OdooError(
      500,
      'psycopg2.OperationalError',
      `connection to server failed: FATAL:  database "${textOf(name)}" does not exist\n`,
    );
  }
}

const version = {
  server_version: '19.0',
  server_version_info: [19, 0, 0, 'final', 0, ''],
  server_serie: '19.0',
  protocol_version: 1,
};

function parse(body: unknown): RpcRequest {
  try {
    return JSON.parse(typeof body === 'string' ? body : '{}') as RpcRequest;
  } catch {
    return {};
  }
}

/** The older interface names some failures differently. */
function inRpcWords(error: OdooError): OdooError {
  if (error.errorName === 'werkzeug.exceptions.NotFound')
    return new OdooError(200, 'builtins.AttributeError', error.message);
  if (error.errorName === 'werkzeug.exceptions.UnprocessableEntity')
    return new OdooError(200, 'builtins.TypeError', error.message);
  return error;
}

const reply = (response: ServerResponse, body: unknown): void =>
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(body));
