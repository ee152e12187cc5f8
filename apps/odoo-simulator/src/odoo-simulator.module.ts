import { Module, type DynamicModule } from '@nestjs/common';
import { CallCounter } from './call-counter.js';
import type { SimulatorConfig } from './config.js';
import { DatabaseStore } from './database.store.js';
import { FaultPlan } from './faults.js';
import { Gate } from './gate.js';
import { Json2Controller } from './http/json2.controller.js';
import { JsonRpcController } from './http/jsonrpc.controller.js';
import { SimulatorController } from './http/simulator.controller.js';
import { WebController } from './http/web.controller.js';
import { Odoo } from './odoo.js';
import { CONFIG } from './tokens.js';

/** The whole simulator on one screen. */
@Module({})
export class OdooSimulatorModule {
  static of(config: SimulatorConfig): DynamicModule {
    const database = new DatabaseStore(config.DATABASE_URL, config.SIMULATOR_POOL_SIZE);
    const faults = new FaultPlan();
    const counter = new CallCounter();
    const odoo = new Odoo(database, faults);
    return {
      module: OdooSimulatorModule,
      controllers: [Json2Controller, JsonRpcController, WebController, SimulatorController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Odoo, useValue: odoo },
        { provide: FaultPlan, useValue: faults },
        { provide: CallCounter, useValue: counter },
        { provide: Gate, useValue: new Gate(odoo, faults, counter) },
      ],
    };
  }
}
