import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@wardline/testing';
import { Hospital, type Product, type Ward } from '../../e2e/hospital.ts';
import { consumption, Upstream, type Consumption } from '../../e2e/outsider/upstream.ts';
import { Services } from '../../e2e/service-answers.ts';
import { Stack } from '../../e2e/stack.ts';

/** A fault of the simulated Odoo, as its own README describes it. */
export interface OdooFault {
  readonly kind: string;
  readonly count?: number;
  readonly probability?: number;
  readonly seed?: number;
  readonly milliseconds?: number;
  readonly only?: string;
}

const products = 5;

/** A whole Wardline on an Odoo that can be made to fail, with a ward and products of its own. */
export class OdooStage {
  readonly stack: Stack;
  readonly hospital: Hospital;
  readonly services: Services;
  readonly upstream: Upstream;
  readonly ward: Ward;
  readonly products: readonly Product[];

  private constructor(stack: Stack, ward: Ward, known: readonly Product[]) {
    this.stack = stack;
    this.hospital = new Hospital(stack.addresses.odoo);
    this.services = new Services(stack.addresses.services);
    this.upstream = new Upstream(stack.addresses);
    this.ward = ward;
    this.products = known;
  }

  static async start(): Promise<OdooStage> {
    const stack = await Stack.start({ ownOdoo: true, odooFaults: true });
    const hospital = new Hospital(stack.addresses.odoo);
    const ward = await hospital.ward();
    const stage = new OdooStage(
      stack,
      ward,
      await Promise.all(Array.from({ length: products }, () => hospital.product())),
    );
    await stage.#known();
    return stage;
  }

  /** One piece of each of so many products used on the ward, in turn. */
  uses(count: number): Consumption[] {
    return Array.from({ length: count }, (_, index) =>
      consumption(this.products[index % this.products.length]!.code, this.ward.code),
    );
  }

  /** Turns a fault of Odoo on, beside those that are. */
  async arm(fault: OdooFault): Promise<void> {
    await this.#faults('POST', JSON.stringify(fault));
  }

  /** Resolves when half of the strikes of a fault are used up, or after ten seconds; answers how many there were. */
  async struck(): Promise<number> {
    const until = Date.now() + 10_000;
    for (;;) {
      const { faults } = (await (await fetch(`${this.stack.addresses.odoo.url}/simulator/state`)).json()) as {
        faults: { count: number; left: number }[];
      };
      const [total, left] = [sum(faults.map(({ count }) => count)), sum(faults.map((fault) => fault.left))];
      if (left <= total / 2 || Date.now() > until) return total - left;
      await sleep(20);
    }
  }

  /** Ends every fault: the line is whole, Odoo works, every part runs. */
  async heal(): Promise<void> {
    await this.stack.line.restore();
    for (const name of ['odoo-simulator', 'odoo-adapter']) {
      const part = this.stack.part(name);
      if (!part.isRunning()) await part.restart();
    }
    await this.#faults('DELETE');
  }

  /** Ends everything; the folder with its logs stays when it is to be kept. */
  async stop(keep = false): Promise<void> {
    await this.upstream.close();
    await this.stack.stop(keep);
  }

  async #faults(method: string, body?: string): Promise<void> {
    const response = await fetch(`${this.stack.addresses.odoo.url}/simulator/faults`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`the simulator refused ${method} faults: ${await response.text()}`);
  }

  /** Wardline has heard of ward and products when it takes a use of each. */
  async #known(): Promise<void> {
    const probes = this.uses(products);
    await this.upstream.send(...probes);
    await eventually(
      async () => {
        for (const { eventId } of probes) {
          const { outcome } = await this.services.receipt(eventId);
          if (outcome !== 'accepted') throw new Error(`${eventId} is ${outcome}`);
        }
      },
      { timeoutMs: 120_000, everyMs: 250 },
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
