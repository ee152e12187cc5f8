import type { BusinessEvent } from '@wardline/event-handling';
import type { Odoo } from '../odoo.js';
import type { Query } from '../posting/posting.store.js';

/** A record of Odoo in our words. `data` is what is published of it, plus the ids that posting needs. */
export interface MasterRow {
  readonly odooId: number;
  /** How everybody names it; unique among the records that count, see `holders` in the store. */
  readonly code: string;
  readonly active: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A record as Odoo reads it, with the fields that its model asks for. */
export type OdooRow = Readonly<Record<string, unknown>> & { readonly id: number };

/** Odoo and what was already read of it. */
export interface Reading {
  readonly odoo: Odoo;
  readonly database: Query;
}

/** Another model whose changes show in a record of this one though its own `write_date` stays. */
export interface Feed {
  readonly model: string;
  /** The records of the main model that these ids concern. */
  readonly concerns: (ids: readonly number[]) => readonly unknown[];
}

/** One kind of master data: what to read of Odoo, how to understand it, what to publish. */
export interface MasterModel {
  readonly model: string;
  readonly domain: readonly unknown[];
  readonly fields: readonly string[];
  readonly feeds: readonly Feed[];
  /** Models to be read anew when a record of this one changes its code. */
  readonly dependents: readonly string[];
  /** Understands a page; a row that names nothing of ours is left out. */
  readonly understand: (rows: readonly OdooRow[], reading: Reading) => Promise<MasterRow[]>;
  readonly event: (row: MasterRow, at: Date) => BusinessEvent;
  /** What parked messages may await, see `RejectOptions.awaits`. */
  readonly announces: (code: string) => string[];
}

/** The context of every read: archived records too, names untranslated. */
export const readContext = { active_test: false, lang: 'en_US', tz: 'UTC' } as const;
