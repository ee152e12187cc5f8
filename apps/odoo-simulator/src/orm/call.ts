import { accessError, notFound, unprocessable } from '../odoo-error.js';
import type { Env } from './environment.js';
import type { Value } from './field.js';
import { genericMethods } from './methods.js';
import type { Method, Model } from './model.js';

/** Arguments by name, as JSON-2 takes them. */
export interface NamedCall {
  readonly model: string;
  readonly method: string;
  readonly ids: number[];
  readonly args: Record<string, Value>;
}

/**
 * Finds the method and runs it.
 * @throws NotFound (404), AccessError for a private method (403), UnprocessableEntity for its arguments (422)
 */
export async function call(env: Env, { model: modelName, method: name, ids, args }: NamedCall): Promise<unknown> {
  const model = env.models.get(modelName);
  const method = methodOf(model, name);
  if (method.on === 'model' && ids.length > 0) throw unprocessable(`cannot call ${modelName}.${name} with ids`);
  checkArguments(method, args);
  return method.run(env, ids, args);
}

/** @throws AccessError for a private method, NotFound for an unknown one */
export function methodOf(model: Model, name: string): Method {
  if (name.startsWith('_')) {
    throw accessError(`Private methods (such as '${model.name}.${name}') cannot be called remotely.`);
  }
  const methods = { ...genericMethods(model), ...model.methods };
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw notFound(`The method '${model.name}.${name}' does not exist`);
  return method;
}

function checkArguments(method: Method, args: Record<string, Value>): void {
  const names = method.parameters.map((parameter) => parameter.replace('!', ''));
  const missing = method.parameters.find((parameter) => parameter.endsWith('!') && !(parameter.slice(0, -1) in args));
  if (missing) throw unprocessable(`missing a required argument: '${missing.slice(0, -1)}'`);
  const unknown = Object.keys(args).find((name) => !names.includes(name));
  if (unknown) throw unprocessable(`got an unexpected keyword argument '${unknown}'`);
}

/** Arguments by position (`execute_kw`): the first is the ids for a method on records. */
export function namedArguments(
  method: Method,
  positional: readonly Value[],
  named: Record<string, Value>,
): Omit<NamedCall, 'model' | 'method'> {
  const rest = [...positional];
  const first = method.on === 'records' ? rest.shift() : [];
  const ids = (Array.isArray(first) ? first : first ? [first] : []).map(Number);
  const args: Record<string, Value> = {};
  method.parameters.forEach((parameter, at) => {
    if (at < rest.length) args[parameter.replace('!', '')] = rest[at];
  });
  const { context: _context, ...others } = named;
  return { ids, args: { ...args, ...others } };
}
