import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { packageBoundaries, projectBoundaries, reasons } from './boundaries.ts';

const root = resolve(import.meta.dirname, '../../../..');

/** The configuration that everybody runs, without the rules that need types: the files below do not exist on disk. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) => /^(?:@nx|wardline)\/|^no-restricted-syntax$/.test(ruleId),
});

async function lint(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(root, filePath) });
  return result!.messages.map(({ message }) => message);
}

const reasonOf = (from: string): string => projectBoundaries.find((boundary) => boundary.from === from)!.because;
const reasonFor = (name: string): string => packageBoundaries.find(({ packages }) => packages.includes(name))!.because;
const importing = (specifier: string): string =>
  `import { Thing } from '${specifier}';\nexport const thing: Thing = Thing;\n`;

describe('what lint refuses, with the reason in the message', () => {
  it.each([
    [
      'a service imports another service',
      'apps/inventory-sync/src/stock.ts',
      '@wardline/odoo-adapter',
      reasons.serviceImported,
    ],
    [
      'a service reaches into another by path',
      'apps/inventory-sync/src/stock.ts',
      '../../odoo-adapter/src/config.js',
      reasons.relativeAcross,
    ],
    ['a library imports a service', 'libs/testing/src/fixture.ts', '@wardline/inventory-sync', reasons.serviceImported],
    ['a test imports a service', 'test/e2e/story.e2e.spec.ts', '@wardline/inventory-sync', reasons.serviceImported],
    [
      'a test reaches into a service by path',
      'test/e2e/story.e2e.spec.ts',
      '../../apps/inventory-sync/src/stock.js',
      reasons.serviceImported,
    ],
    [
      'another service imports the Odoo client',
      'apps/finance-posting/src/entry.ts',
      '@wardline/odoo-client',
      reasonFor('@wardline/odoo-client'),
    ],
    [
      'a library imports the Odoo client',
      'libs/service-defaults/src/start.ts',
      '@wardline/odoo-client',
      reasonFor('@wardline/odoo-client'),
    ],
    ['a service imports kafkajs', 'apps/inventory-sync/src/stock.ts', 'kafkajs', reasonFor('kafkajs')],
    ['the outbox imports kafkajs', 'libs/outbox/src/relay.ts', 'kafkajs', reasonFor('kafkajs')],
    ['the outbox imports the transport', 'libs/outbox/src/relay.ts', '@wardline/kafka', reasonOf('layer:outbox')],
    ['the transport imports the outbox', 'libs/kafka/src/consumer.ts', '@wardline/outbox', reasonOf('layer:kafka')],
    [
      'the contracts import a layer above',
      'libs/event-contracts/src/types.ts',
      '@wardline/event-handling',
      reasons.circular,
    ],
    [
      'the command line reaches into a database',
      'apps/wardline-cli/src/show/show.ts',
      '@wardline/outbox',
      reasonOf('type:command-line'),
    ],
    ['a service reads Avro itself', 'apps/reconciliation/src/case.ts', 'avsc', reasonFor('avsc')],
    [
      'a service asks the registry itself',
      'apps/reconciliation/src/case.ts',
      '@kafkajs/confluent-schema-registry',
      reasonFor('avsc'),
    ],
    ['a service opens a circuit of its own', 'apps/odoo-adapter/src/post.ts', 'opossum', reasonFor('opossum')],
    ['a service logs by itself', 'apps/odoo-adapter/src/post.ts', 'winston', reasonFor('winston')],
    ['a handler knows Postgres', 'apps/inventory-sync/src/issue-stock/issue-stock.handler.ts', 'pg', reasonFor('pg')],
    ['a rule knows TypeORM', 'apps/inventory-sync/src/stock.ts', 'typeorm', reasonFor('typeorm')],
    [
      'production code imports test support',
      'apps/inventory-sync/src/stock.ts',
      '@wardline/testing',
      reasonFor('@wardline/testing'),
    ],
    [
      'an import goes past the index of a library',
      'apps/inventory-sync/src/stock.ts',
      '@wardline/outbox/src/database.js',
      reasons.deepImport,
    ],
  ])('%s', async (_story, file, specifier, reason) => {
    expect((await lint(file, importing(specifier))).join('\n')).toContain(reason);
  });

  it.each([
    [
      'settings read outside config.ts',
      'apps/inventory-sync/src/stock.ts',
      'export const url = process.env.URL;',
      reasons.environment,
    ],
    ['export *', 'libs/outbox/src/index.ts', "export * from './database.js';", reasons.exportAll],
    ['a default export', 'libs/outbox/src/relay.ts', 'export default 1;', reasons.defaultExport],
    ['an index inside a library', 'libs/outbox/src/relay/index.ts', 'export const one = 1;', reasons.indexFile],
    ['an index in a service', 'apps/inventory-sync/src/index.ts', 'export const one = 1;', reasons.indexFile],
    ['a folder named utils', 'apps/inventory-sync/src/utils/date.ts', 'export const one = 1;', reasons.vagueName],
    ['a file named helper', 'apps/inventory-sync/src/stock-helper.ts', 'export const one = 1;', reasons.vagueName],
    ['a file of 251 lines', 'apps/inventory-sync/src/stock.ts', lines(251), reasons.fileLines],
    [
      'a function of 32 lines',
      'apps/inventory-sync/src/stock.ts',
      `export function issue() {\n${lines(30)}\n}`,
      reasons.functionLines,
    ],
    [
      'a handler of 42 lines',
      'apps/inventory-sync/src/a.handler.ts',
      `@Handles(A)\nexport class Issue {\n${members(40)}\n}`,
      reasons.handlerLines,
    ],
    [
      'a constructor of five',
      'apps/inventory-sync/src/stock.ts',
      'export class A { constructor(a, b, c, d, e) {} }',
      reasons.constructorSize,
    ],
  ])('%s', async (_story, file, code, reason) => {
    expect((await lint(file, code)).join('\n')).toContain(reason);
  });
});

describe('what lint lets pass', () => {
  it.each([
    ['a service imports the contracts', 'apps/inventory-sync/src/stock.ts', '@wardline/event-contracts'],
    ['a service imports the handler interface', 'apps/inventory-sync/src/stock.ts', '@wardline/event-handling'],
    ['the adapter imports the Odoo client', 'apps/odoo-adapter/src/post.ts', '@wardline/odoo-client'],
    [
      'the contract suite imports the Odoo client',
      'test/contract/odoo/client.contract.spec.ts',
      '@wardline/odoo-client',
    ],
    ['libs/kafka imports kafkajs', 'libs/kafka/src/consumer.ts', 'kafkajs'],
    ['an outsider in a test uses its stock client', 'test/e2e/outsider/produce.ts', 'kafkajs'],
    ['the Odoo client opens the circuit', 'libs/odoo-client/src/circuit.ts', 'opossum'],
    ['service-defaults joins outbox and kafka', 'libs/service-defaults/src/start.ts', '@wardline/outbox'],
    ['a migration imports TypeORM', 'apps/inventory-sync/src/migrations/20261121-1-create-stock.ts', 'typeorm'],
    ['a spec imports test support', 'libs/outbox/src/relay.int.spec.ts', '@wardline/testing'],
  ])('%s', async (_story, file, specifier) => {
    expect(await lint(file, importing(specifier))).toEqual([]);
  });

  it.each([
    ['settings read in config.ts', 'apps/inventory-sync/src/config.ts', 'export const url = process.env.URL;'],
    ['the index of a library', 'libs/outbox/src/index.ts', "export { Database } from './database.js';"],
    [
      'a handler of 40 lines',
      'apps/inventory-sync/src/a.handler.ts',
      `@Handles(A)\nexport class Issue {\n${members(38)}\n}`,
    ],
  ])('%s', async (_story, file, code) => {
    expect(await lint(file, code)).toEqual([]);
  });
});

function lines(count: number): string {
  return Array.from({ length: count }, (_, n) => `void ${n};`).join('\n');
}

function members(count: number): string {
  return Array.from({ length: count }, (_, n) => `  m${n} = ${n};`).join('\n');
}
