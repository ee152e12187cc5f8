import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Tree } from '@nx/devkit';
import { FsTree } from '@nx/devkit/internal';
import { ESLint, type Linter } from 'eslint';
import prettier from 'prettier';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { event } from './event/event.ts';
import { handler } from './handler/handler.ts';
import { service } from './service/service.ts';

const root = resolve(import.meta.dirname, '../../../..');

/** The repository as it is, with what the generators write on top, in memory. */
function repository(): FsTree {
  return new FsTree(root, false);
}

function text(tree: Tree, path: string): string {
  return tree.read(path, 'utf8') ?? `${path} was not written`;
}

describe('nx g service', () => {
  it('writes a service that is built, deployed and tagged like the others', async () => {
    const tree = repository();
    await service(tree, { name: 'bed-management', job: 'Which bed is free, and for whom.' });

    expect(tree.children('apps/bed-management')).toEqual(
      expect.arrayContaining(['package.json', 'tsconfig.json', 'README.md', 'src']),
    );
    expect(JSON.parse(text(tree, 'apps/bed-management/package.json'))).toMatchObject({
      name: '@wardline/bed-management',
      nx: { tags: ['type:service', 'scope:bed-management'] },
    });
    expect(text(tree, 'tsconfig.json')).toContain('./apps/bed-management');
    expect(text(tree, 'helm/wardline/values.yaml')).toContain('- name: bed-management');
  });

  it('refuses a name that is taken', async () => {
    await expect(service(repository(), { name: 'inventory-sync', job: 'Again.' })).rejects.toThrow('exists already');
  });
});

describe('nx g event', () => {
  const bedAssigned = { name: 'BedAssigned', topic: 'care.bed', writer: 'inventory-sync', doc: 'A bed has a patient.' };

  it('writes a schema that begins with the six header fields', async () => {
    const tree = repository();
    await event(tree, bedAssigned);

    const schema = JSON.parse(text(tree, 'schemas/care/BedAssigned.avsc')) as { fields: { name: string }[] };
    expect(schema).toMatchObject({ name: 'BedAssigned', namespace: 'org.wardline.care', doc: 'A bed has a patient.' });
    expect(schema.fields.map(({ name }) => name)).toEqual([
      ...['eventId', 'occurredAt', 'recordedAt', 'source', 'correlationId', 'causationId'],
      'bedId',
    ]);
  });

  it('adds a topic at the end of the catalogue and changes nothing before it', async () => {
    const tree = repository();
    const before = text(tree, 'schemas/catalogue.yaml');
    await event(tree, bedAssigned);

    const after = text(tree, 'schemas/catalogue.yaml');
    expect(after.startsWith(before)).toBe(true);
    expect(text(tree, 'apps/inventory-sync/README.md')).toMatch(/^Publishes: .*`care.bed`$/m);
    expect(after.slice(before.length)).toContain('records: [org.wardline.care.BedAssigned]');
  });

  it('adds a record to a topic that exists', async () => {
    const tree = repository();
    await event(tree, { ...bedAssigned, name: 'StockCounted', topic: 'inventory.stock', writer: 'inventory-sync' });

    expect(text(tree, 'schemas/catalogue.yaml')).toContain(
      'records: [org.wardline.inventory.StockMoved, org.wardline.inventory.StockCounted]',
    );
  });
});

describe('nx g handler', () => {
  const issue = { name: 'free-bed', service: 'bed-management', event: 'StockMoved', rule: 'A bed is free once.' };

  it('lists the handler in the module and makes the service a reader of the topic', async () => {
    const tree = repository();
    await service(tree, { name: 'bed-management', job: 'Which bed is free.' });
    await handler(tree, issue);
    await handler(tree, { ...issue, name: 'clean-bed' });

    expect(text(tree, 'apps/bed-management/src/bed-management.module.ts')).toContain('= [FreeBed, CleanBed];');
    expect(text(tree, 'schemas/catalogue.yaml')).toMatch(/readers: \[odoo-adapter, .*, bed-management\]/);
    expect(text(tree, 'apps/bed-management/README.md')).toContain(
      '\nConsumes: `operations.intervention`, `inventory.stock`\n',
    );
  });

  it('says what to do first when the event or the service is missing', async () => {
    const tree = repository();
    await expect(handler(tree, issue)).rejects.toThrow('nx g @wardline/workspace:service');
    await expect(handler(tree, { ...issue, service: 'inventory-sync', event: 'NoSuchThing' })).rejects.toThrow(
      'nx g @wardline/workspace:event',
    );
  });
});

describe('what the generators write', () => {
  const written = new Map<string, string>();
  let program: ts.Program;

  beforeAll(async () => {
    const tree = repository();
    await service(tree, { name: 'bed-management', job: 'Which bed is free.' });
    await handler(tree, {
      name: 'free-bed',
      service: 'bed-management',
      event: 'StockMoved',
      rule: 'A bed is free once.',
    });
    await handler(tree, {
      name: 'learn-product',
      service: 'bed-management',
      event: 'ProductChanged',
      rule: 'A product is known before it is used.',
    });
    for (const change of tree.listChanges()) {
      if (change.path.endsWith('.ts')) written.set(resolve(root, change.path), change.content!.toString());
    }
    program = programWith(written);
  });

  it('passes the compiler', () => {
    const problems = [...written.keys()]
      .map((file) => program.getSourceFile(file)!)
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
    expect(
      problems.map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
    ).toEqual([]);
  });

  it('passes lint, types included', async () => {
    const eslint = new ESLint({
      cwd: root,
      overrideConfig: withProgram(program),
      // Nx reads the tags of a project from disk, where this one is not; its package.json is checked above.
      ruleFilter: ({ ruleId }) => ruleId !== '@nx/enforce-module-boundaries',
    });
    const results = await Promise.all([...written].map(([filePath, code]) => eslint.lintText(code, { filePath })));
    const problems = results
      .flat()
      .flatMap(({ filePath, messages }) => messages.map((m) => `${filePath}: ${m.message}`));
    expect(problems).toEqual([]);
  });

  it('keeps the format', async () => {
    const options = await prettier.resolveConfig(resolve(root, 'package.json'));
    for (const [filepath, code] of written) {
      expect(await prettier.format(code, { ...options, filepath }), filepath).toBe(code);
    }
  });
});

function withProgram(program: ts.Program): Linter.Config {
  return { files: ['**/*.ts'], languageOptions: { parserOptions: { project: null, programs: [program] } } };
}

/** The generated files as the compiler would see them in their place. */
function programWith(files: ReadonlyMap<string, string>): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    resolve(root, 'tsconfig.test.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, ' '));
      },
    },
  )!;
  const host = ts.createCompilerHost(config.options);
  const fromDisk = host.getSourceFile.bind(host);
  const folders = new Set([...files.keys()].map((file) => dirname(file)));
  host.directoryExists = (folder) => folders.has(folder) || existsSync(folder);
  host.fileExists = (file) => files.has(file) || existsSync(file);
  host.readFile = (file) => files.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  host.getSourceFile = (file, version, ...rest) =>
    files.has(file) ? ts.createSourceFile(file, files.get(file)!, version, true) : fromDisk(file, version, ...rest);
  return ts.createProgram([...files.keys()], config.options, host);
}
