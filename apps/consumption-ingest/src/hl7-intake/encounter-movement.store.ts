import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { EncounterMovement } from './ward-of-encounter.js';

/** Movements of encounters by the profile that told them and the encounter's pseudonym; nothing of any patient. */
@Injectable()
export class EncounterMovementStore {
  /** Keeps movements; one that is known is not kept twice. */
  add(
    tx: Transaction,
    profile: string,
    movements: readonly (EncounterMovement & { readonly encounter: string })[],
  ): void {
    for (const { encounter, event, ward, occurredAt, recordedAt } of movements)
      tx.write(
        `INSERT INTO encounter_movement (profile, encounter, event, ward, occurred_at, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [profile, encounter, event, ward, occurredAt, recordedAt],
      );
  }

  /** Forgets encounters that left before a time and have not been anywhere since; a few at a time. */
  forget(tx: Transaction, leftBefore: Date): void {
    tx.write(
      `DELETE FROM encounter_movement WHERE (profile, encounter) IN (
         SELECT profile, encounter FROM encounter_movement e
          WHERE event IN ('A03', 'A11') AND recorded_at < $1
            AND NOT EXISTS (SELECT 1 FROM encounter_movement n
                             WHERE n.profile = e.profile AND n.encounter = e.encounter
                               AND n.event <> 'A08' AND n.recorded_at > e.recorded_at)
          ORDER BY recorded_at LIMIT 50)`,
      [leftBefore],
    );
  }

  /** All movements of encounters, by pseudonym. */
  async of(
    tx: Transaction,
    encounters: readonly { readonly profile: string; readonly encounter: string }[],
  ): Promise<ReadonlyMap<string, readonly EncounterMovement[]>> {
    if (encounters.length === 0) return new Map();
    const rows = await tx.query<EncounterMovement & { encounter: string }>(
      `SELECT encounter, event, ward, occurred_at AS "occurredAt", recorded_at AS "recordedAt" FROM encounter_movement
        WHERE (profile, encounter) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [encounters.map(({ profile }) => profile), encounters.map(({ encounter }) => encounter)],
    );
    return Map.groupBy(rows, ({ encounter }) => encounter);
  }
}
