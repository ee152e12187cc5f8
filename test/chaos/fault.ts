import type { Load } from './cast/orders.ts';
import type { Violation } from './checker.ts';
import type { OdooStage } from './odoo/odoo-stage.ts';
import type { Random } from './random.ts';
import type { Round } from './stage/round.ts';
import type { Stage } from './stage/stage.ts';

/** Where a fault strikes. */
export interface Scene {
  readonly stage: Stage;
  readonly round: Round;
  readonly random: Random;
}

/** Where a fault of Odoo strikes. */
export interface OdooScene {
  readonly stage: OdooStage;
  readonly random: Random;
}

/** What the table says of a fault. */
export interface FaultLine {
  readonly name: string;
  /** How it is made to happen, for the table. */
  readonly injection: string;
  /** What must hold beside the promises; empty when nothing does. */
  readonly invariant: string;
  readonly trials: { readonly standard: number; readonly full: number };
}

/** A fault of Odoo or its adapter. */
export interface OdooFaultRow extends FaultLine {
  readonly on: 'odoo';
  /** Makes it happen while stock is used; the stage mends what is still broken afterwards. */
  strike(scene: OdooScene): Promise<void>;
}

/** A fault of the delivery path. */
export interface DeliveryFaultRow extends FaultLine {
  readonly on: 'delivery';
  /** Nodes of the Kafka cluster; one unless it is about a moving leader. */
  readonly brokers?: 3;
  readonly load?: Partial<Load>;
  /** Messages that may be in the topic a further time; any number when absent. */
  readonly repeatsAtMost?: number;
  /** Whether it can be a part of a mixed schedule. */
  readonly mixes: boolean;
  /**
   * Makes it happen while the load is written; what is still broken when it returns is mended by the stage. Answers what
   * broke the row's own invariant.
   */
  strike(scene: Scene): Promise<readonly Violation[] | void>;
}

/** A row of the fault matrix. */
export type FaultRow = DeliveryFaultRow | OdooFaultRow;
