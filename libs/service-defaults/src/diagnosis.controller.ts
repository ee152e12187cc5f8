import { readFileSync } from 'node:fs';
import { Controller, Get } from '@nestjs/common';
import { recordTypes } from '@wardline/event-contracts';
import { schemaFingerprint } from '@wardline/kafka';
import { Describes } from './openapi/describes.js';
import { diagnosisAnswer } from './openapi/platform-answers.js';
import { ServiceStatus } from './service-status.js';

/** What `wardline doctor` compares between the services, the machines and itself. */
export interface Diagnosis {
  /** Release of Wardline that the service was built from. */
  readonly version: string;
  readonly node: string;
  /** The clock of the service's machine. */
  readonly time: Date;
  readonly database: { readonly time: Date; readonly version: string } | { readonly reason: string };
  /** The versions of the schemas that it reads and writes, by the full name of the record. */
  readonly schemas: Readonly<Record<string, string>>;
}

/** All packages of Wardline are released together, so this one's version is that of the service. */
export const { version: releaseOfWardline } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

const schemas = Object.fromEntries([...recordTypes].map(([name, type]) => [name, schemaFingerprint(type)]));

/** `GET /diagnosis`. */
@Controller('diagnosis')
export class DiagnosisController {
  constructor(private readonly status: ServiceStatus) {}

  @Get()
  @Describes({ summary: 'Version, clocks and schemas', answer: diagnosisAnswer })
  async diagnose(): Promise<Diagnosis> {
    const database = await this.status.databaseIdentity();
    return { version: releaseOfWardline, node: process.version, time: new Date(), database, schemas };
  }
}
