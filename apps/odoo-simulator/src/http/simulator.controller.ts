import { Controller, Delete, Get, HttpCode, HttpException, Inject, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { CallCounter } from '../call-counter.js';
import type { SimulatorConfig } from '../config.js';
import { faultKinds, FaultPlan } from '../faults.js';
import { CONFIG } from '../tokens.js';
import type { TextRequest } from './answer.js';

const switchSchema = z.strictObject({
  kind: z.enum(faultKinds),
  count: z.number().int().positive().nullable().default(null),
  probability: z.number().min(0).max(1).default(1),
  seed: z.number().int().default(1),
  milliseconds: z.number().int().min(0).max(600_000).default(1000),
  only: z.string().default(''),
});

/** What a real Odoo does not have: faults at will, and a look at what was called. */
@Controller('simulator')
export class SimulatorController {
  constructor(
    private readonly faults: FaultPlan,
    private readonly counter: CallCounter,
    @Inject(CONFIG) private readonly config: SimulatorConfig,
  ) {}

  @Get('state')
  state(): unknown {
    const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
    return { calls: this.counter.snapshot(), faults: this.faults.list(), residentMegabytes: memory };
  }

  @Post('faults')
  @HttpCode(200)
  arm(@Req() request: TextRequest): unknown {
    this.requireSwitchedOn();
    const parsed = switchSchema.safeParse(parse(request.body));
    if (!parsed.success) throw new HttpException({ message: z.prettifyError(parsed.error) }, 400);
    this.faults.arm(parsed.data);
    return this.faults.list();
  }

  @Delete('faults')
  clear(): unknown {
    this.requireSwitchedOn();
    this.faults.clear();
    return this.faults.list();
  }

  private requireSwitchedOn(): void {
    if (this.config.SIMULATOR_FAULTS === 'on') return;
    throw new HttpException(
      { message: 'Faults are switched off. Start the simulator with SIMULATOR_FAULTS=on to use them.' },
      403,
    );
  }
}

function parse(body: unknown): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : '');
  } catch {
    throw new HttpException(
      { message: 'The body is not JSON. Send an object such as {"kind": "delay", "milliseconds": 500}.' },
      400,
    );
  }
}
