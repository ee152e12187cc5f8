import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment, repository } from '../../deploy/local/config.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import type { Grounds } from './own-stack.ts';

const script = join(repository, 'deploy', 'odoo', 'real-odoo.sh');

/**
 * A real Odoo 19 with a fresh database: the project's own, which is installed at its first use and stopped with the
 * scenario; or the one that ODOO_URL, ODOO_DATABASE and ODOO_API_KEY name, which is used as it is.
 */
export async function realOdoo({ progress, atEnd }: Pick<Grounds, 'progress' | 'atEnd'>): Promise<OdooAddress> {
  const environment = inheritedEnvironment();
  if (environment['ODOO_URL'] !== undefined) return addressIn(environment);
  progress('starting a real Odoo 19; the first time it is installed, which takes some minutes');
  await run('up');
  atEnd(() => run('down'));
  const { stdout } = await run('reset');
  return addressIn(
    Object.fromEntries(stdout.split('\n').map((line) => line.split('=', 2) as [string, string | undefined])),
  );
}

function run(command: string): Promise<{ stdout: string }> {
  return promisify(execFile)('bash', [script, command]);
}

function addressIn(values: Readonly<Record<string, string | undefined>>): OdooAddress {
  const of = (name: string): string => {
    const value = values[name];
    if (!value) throw new Error(`${name} is missing beside ODOO_URL: the benchmark needs it to reach that Odoo.`);
    return value;
  };
  return { url: of('ODOO_URL'), database: of('ODOO_DATABASE'), apiKey: of('ODOO_API_KEY') };
}
