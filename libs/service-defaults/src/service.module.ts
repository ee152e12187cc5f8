import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { Database, Outbox, Parking } from '@wardline/outbox';
import { DiagnosisController } from './diagnosis.controller.js';
import { HealthController } from './health.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { OperationsController } from './operations.controller.js';
import { ParkedController } from './parked.controller.js';
import { ReplaysController } from './replays.controller.js';
import { ServiceStatus } from './service-status.js';
import { CLOCK, LOG, METRICS } from './tokens.js';
import type { Registry } from 'prom-client';
import type { Clock, Log } from '@wardline/event-handling';

/** What every service's classes may inject. */
export interface Platform {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
  readonly status: ServiceStatus;
}

/** The platform's providers, global. */
@Module({})
class PlatformModule {}

/** The root module of a service: the platform's providers and HTTP interface around the service's own module. */
@Module({})
export class ServiceModule {
  static of(platform: Platform, module: Type<unknown>): DynamicModule {
    const providers = [
      { provide: Database, useValue: platform.database },
      { provide: Outbox, useValue: platform.outbox },
      { provide: Parking, useValue: platform.parking },
      { provide: CLOCK, useValue: platform.clock },
      { provide: LOG, useValue: platform.log },
      { provide: METRICS, useValue: platform.metrics },
      { provide: ServiceStatus, useValue: platform.status },
    ];
    const shared: DynamicModule = {
      module: PlatformModule,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
    const controllers = [
      HealthController,
      DiagnosisController,
      ParkedController,
      OperationsController,
      ReplaysController,
      OpenApiController,
    ];
    return { module: ServiceModule, imports: [shared, module], controllers };
  }
}
