import type { OdooAddress } from './odoo-rpc.ts';

/** Where everything of a Wardline with all its ways in is reached. */
export interface DayStack {
  readonly brokers: string;
  readonly registryUrl: string;
  readonly odoo: OdooAddress;
  readonly services: Readonly<Record<string, string>>;
  /** Where HL7 v2 senders connect; 0 for nowhere. */
  readonly mllpPort: number;
  readonly dropFolder: string;
}
