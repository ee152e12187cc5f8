import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Decimal } from '@wardline/event-contracts';
import { exampleFhirSources } from '@wardline/fhir';
import { Database, Outbox } from '@wardline/outbox';
import { outboxOf, silentLog, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { expect } from 'vitest';
import { FhirController } from '../src/fhir-intake/fhir.controller.js';
import { FhirExchange } from '../src/fhir-intake/fhir-exchange.js';
import { FhirIntake } from '../src/fhir-intake/fhir-intake.js';
import { FhirResourceStore } from '../src/fhir-intake/fhir-resource.store.js';
import { FHIR_SETTINGS } from '../src/fhir-intake/fhir-settings.js';
import { pseudonymsBy } from '../src/hl7-intake/pseudonym.js';
import { migrations } from '../src/migrations.js';
import { morning } from './builders.js';

const settings = { sources: exampleFhirSources, pseudonymKey: 'a key of the tests that is long enough' };

@Module({})
class Endpoint {}

async function endpoint(database: TestDatabase): Promise<DynamicModule> {
  const clock = { now: () => morning };
  const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
  const resources = new FhirResourceStore();
  const pseudonym = pseudonymsBy(settings.pseudonymKey);
  const intake = new FhirIntake({ database, outbox, resources, pseudonym, clock });
  const providers = [
    { provide: Database, useValue: database },
    { provide: FhirResourceStore, useValue: resources },
    { provide: FhirExchange, useValue: new FhirExchange(settings.sources, intake, silentLog) },
    { provide: FHIR_SETTINGS, useValue: settings },
  ];
  return { module: Endpoint, controllers: [FhirController], providers };
}

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** FHIR over HTTP on a Postgres of its own. */
export class FhirEndpoint {
  private constructor(
    readonly database: TestDatabase,
    private readonly app: INestApplication,
    private readonly address: string,
  ) {}

  static async open(): Promise<FhirEndpoint> {
    const database = await testDatabase(migrations);
    const app = await NestFactory.create(await endpoint(database), { logger: false });
    await app.listen(0, '127.0.0.1');
    return new FhirEndpoint(database, app, await app.getUrl());
  }

  /** Forgets what was taken. */
  async clear(): Promise<void> {
    await this.database.query('TRUNCATE fhir_resource, fhir_version, fhir_item, delivery.outbox');
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.close();
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.address}/fhir/${path}`, {
      method,
      headers: { 'content-type': 'application/fhir+json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  }

  /** The records in the outbox, with their topic and key. */
  async recorded(): Promise<Record<string, unknown>[]> {
    return (await outboxOf(this.database, await testCodec())).map(({ topic, key, data }) => ({ topic, key, ...data }));
  }

  /** What the records say happened, and how much: `USED 2`. */
  async amounts(): Promise<string[]> {
    return (await this.recorded()).map(
      ({ kind, operation, quantity }) => `${(kind ?? operation) as string} ${(quantity as Decimal).toFixed()}`,
    );
  }
}

/** An OperationOutcome with such an issue. */
export function issue(severity: string, code: string, diagnostics: RegExp): unknown {
  const said = expect.objectContaining({ severity, code, diagnostics: expect.stringMatching(diagnostics) as unknown });
  return { resourceType: 'OperationOutcome', issue: expect.arrayContaining([said]) as unknown };
}
