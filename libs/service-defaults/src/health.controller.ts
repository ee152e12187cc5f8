import { Controller, Get, HttpCode, HttpException, Inject, Res } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { Describes } from './openapi/describes.js';
import { healthAnswer, infoAnswer } from './openapi/platform-answers.js';
import { METRICS } from './tokens.js';
import { ServiceStatus, type Health } from './service-status.js';

interface HttpResponse {
  type(contentType: string): void;
}

/** What orchestrators and Prometheus ask of every service. */
@Controller()
export class HealthController {
  constructor(
    private readonly status: ServiceStatus,
    @Inject(METRICS) private readonly metrics: Registry,
  ) {}

  /** Whether the process works; a restart would help if not. Outages of others never make it fail. */
  @Get('health/live')
  @HttpCode(200)
  @Describes({ summary: 'Whether the process works', answer: healthAnswer })
  live(): Health {
    return answer(this.status.live());
  }

  /** Whether it can take work now: database reachable, consumer joined. */
  @Get('health/ready')
  @Describes({ summary: 'Whether it can take work', answer: healthAnswer })
  async ready(): Promise<Health> {
    return answer(await this.status.ready());
  }

  @Get('metrics')
  @Describes({ summary: 'Figures for Prometheus', answer: 'text/plain' })
  async scrape(@Res({ passthrough: true }) response: HttpResponse): Promise<string> {
    response.type(this.metrics.contentType);
    return this.metrics.metrics();
  }

  @Get('info')
  @Describes({ summary: 'What it is and what it reads', answer: infoAnswer })
  info(): Record<string, unknown> {
    return this.status.info();
  }
}

function answer(health: Health): Health {
  if (health.status === 'down') throw new HttpException(health, 503);
  return health;
}
