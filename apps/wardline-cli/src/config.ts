import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { wrongUse } from './exit.js';

const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard);
const broker = /^[^\s:,]+:\d{1,5}$/;
const isHttp = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && URL.canParse(text);

/** The ports of `npm start`, which stand behind the defaults. */
const localPorts = {
  WARDLINE_KAFKA_PORT: port(19092),
  WARDLINE_REGISTRY_PORT: port(18081),
  WARDLINE_CONSUMPTION_INGEST_PORT: port(18101),
  WARDLINE_INVENTORY_SYNC_PORT: port(18102),
  WARDLINE_PROCURE_TO_PAY_PORT: port(18103),
  WARDLINE_FINANCE_POSTING_PORT: port(18104),
  WARDLINE_RECONCILIATION_PORT: port(18105),
  WARDLINE_ODOO_ADAPTER_PORT: port(18106),
};

const schema = z.object({
  ...localPorts,
  /** Kafka bootstrap addresses, separated by commas. */
  KAFKA_BROKERS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((brokers) => brokers.every((address) => broker.test(address)), {
      error: 'must be host:port, several separated by commas',
    })
    .optional(),
  KAFKA_TLS: z.stringbool({ error: 'must be true or false' }).default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  SCHEMA_REGISTRY_URL: z
    .string()
    .refine(isHttp, { error: 'must be a URL like http://registry:8081/apis/ccompat/v7' })
    .optional(),
  SCHEMA_REGISTRY_USERNAME: z.string().optional(),
  SCHEMA_REGISTRY_PASSWORD: z.string().optional(),
  /** Services elsewhere than at their local ports: `name=http://host:port`, several separated by commas. */
  WARDLINE_SERVICES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim().split(/=(.*)/s, 2) as [string, string?]))
    .refine((pairs) => pairs.every(([name, url]) => name !== '' && isHttp(url ?? '')), {
      error: 'must be name=http://host:port, several separated by commas',
    })
    .optional(),
  /** Whose name stands beside a decision; the name of the account when absent. */
  WARDLINE_BY: z.string().min(1).max(200).optional(),
  /** The editor of `parked edit --editor`. */
  VISUAL: z.string().optional(),
  EDITOR: z.string().default('vi'),
  /** A file of these settings in the configuration folder, `<name>.json`. */
  WARDLINE_PROFILE: z.string().optional(),
});

/** Settings of the command line, read and checked. */
export interface Settings {
  readonly brokers: readonly string[];
  readonly tls: boolean;
  readonly sasl?: { readonly mechanism: string; readonly username: string; readonly password: string };
  readonly registryUrl: string;
  readonly registryAuth?: { readonly username: string; readonly password: string };
  /** Base addresses of the services by name, without a slash at the end. */
  readonly services: Readonly<Record<string, string>>;
  readonly by: string;
  readonly editor: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * The settings from the environment, else from the profile (`--profile`, `WARDLINE_PROFILE`), else those of `npm start` on this
 * machine. Throws wrong use that names every bad setting at once, never with the value of a secret.
 */
export function readSettings(
  configDirectory: string,
  profile: string | undefined,
  environment: Values = process.env,
): Settings {
  const present = given(environment);
  const named = profile ?? present['WARDLINE_PROFILE'];
  const values = { ...(named === undefined ? {} : readProfile(configDirectory, named)), ...present };
  const result = schema.safeParse(values);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => describe(issue, values));
    throw wrongUse(`wrong settings:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
  return settingsOf(result.data);
}

function settingsOf(values: z.output<typeof schema>): Settings {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username = '' } = values;
  const { SCHEMA_REGISTRY_USERNAME: registryUser, SCHEMA_REGISTRY_PASSWORD: registryPassword = '' } = values;
  return {
    brokers: values.KAFKA_BROKERS ?? [`127.0.0.1:${values.WARDLINE_KAFKA_PORT}`],
    tls: values.KAFKA_TLS,
    ...(mechanism && { sasl: { mechanism, username, password: values.KAFKA_SASL_PASSWORD ?? '' } }),
    registryUrl: values.SCHEMA_REGISTRY_URL ?? `http://127.0.0.1:${values.WARDLINE_REGISTRY_PORT}/apis/ccompat/v7`,
    ...(registryUser && { registryAuth: { username: registryUser, password: registryPassword } }),
    services: { ...localServices(values), ...Object.fromEntries((values.WARDLINE_SERVICES ?? []).map(withoutSlash)) },
    by: values.WARDLINE_BY ?? userInfo().username,
    editor: values.VISUAL ?? values.EDITOR,
  };
}

function localServices(values: z.output<typeof schema>): Record<string, string> {
  const names = Object.keys(localPorts).slice(2) as (keyof typeof localPorts)[];
  return Object.fromEntries(
    names.map((name) => [
      name
        .replace(/^WARDLINE_|_PORT$/g, '')
        .toLowerCase()
        .replaceAll('_', '-'),
      `http://127.0.0.1:${values[name]}`,
    ]),
  );
}

function withoutSlash([name, url = '']: readonly [string, string?]): [string, string] {
  return [name, url.replace(/\/+$/, '')];
}

function readProfile(directory: string, name: string): Record<string, string> {
  const file = join(directory, `${name}.json`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw wrongUse(
      `there is no profile ${name}: write its settings into ${file}, such as {"KAFKA_BROKERS": "kafka:9092"}`,
    );
  }
  try {
    return z.record(z.string(), z.coerce.string()).parse(JSON.parse(text));
  } catch {
    throw wrongUse(`the profile ${file} is no JSON object of settings and their values`);
  }
}

function given(environment: Values): Record<string, string> {
  const known = new Set(Object.keys(schema.shape));
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => known.has(entry[0]) && !!entry[1]),
  );
}

function describe(issue: z.core.$ZodIssue, values: Values): string {
  const name = String(issue.path[0] ?? 'settings');
  const secret = /PASSWORD/.test(name);
  return `${name}${secret ? '' : `=${JSON.stringify(values[name] ?? '')}`}: ${issue.message}`;
}
