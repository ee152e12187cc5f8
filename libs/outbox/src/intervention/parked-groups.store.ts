import type { Database } from '../database/database.js';
import { criteriaCondition, criteriaValues } from '../parking/parked-view.store.js';
import { unsettled } from '../parking/parked.store.js';
import { writeSeenSet, type ParkedCriteria } from './seen-set.js';

/** Parked messages of one consumer that have the same record type, class, code and owner. */
export interface ParkedGroup {
  readonly recordType: string | null;
  readonly class: string;
  readonly code: string;
  readonly owner: string;
  /** How many wait for a person or their data, and how many are tried again by themselves. */
  readonly parked: number;
  readonly retrying: number;
  /** How many later messages of their keys would follow them. */
  readonly waitingBehind: number;
  readonly oldest: Date;
  readonly newest: Date;
  /** The oldest of the group. */
  readonly sample: { readonly exceptionId: string; readonly message: string };
}

/** Groups, the largest first. `snapshot` names exactly the parked and retrying messages in them as they are now. */
export interface ParkedGroups {
  readonly groups: readonly ParkedGroup[];
  readonly snapshot: string;
}

const failedStates = ['parked', 'retrying'];

/**
 * Those that wait are counted with the message at which their key stands: the first failed one. One pass over what is
 * unsettled, without a join that a plan made for an empty table would get wrong.
 */
const countGroups = `
WITH seen AS (
  SELECT id, state, class, code, owner, topic, key, record_type, parked_at,
         CASE WHEN holds_key AND row_number() OVER (PARTITION BY holds_key, topic, key, state = 'waiting' ORDER BY place) = 1
           THEN count(*) FILTER (WHERE state = 'waiting') OVER (PARTITION BY holds_key, topic, key) ELSE 0 END AS behind
    FROM delivery.parked p WHERE state IN ${unsettled}
), counted AS (
  SELECT record_type AS "recordType", class, code, owner,
         count(*) FILTER (WHERE state = 'parked')::int AS parked,
         count(*) FILTER (WHERE state = 'retrying')::int AS retrying,
         sum(behind)::int AS "waitingBehind",
         min(parked_at) AS oldest, max(parked_at) AS newest, min(id) AS sample
    FROM seen p WHERE ${criteriaCondition('p')}
   GROUP BY 1, 2, 3, 4
)
SELECT now.at, c.*, s.exception_id AS "exceptionId", s.message
  FROM (SELECT pg_current_snapshot()::text AS at) AS now
  LEFT JOIN counted c ON true LEFT JOIN delivery.parked s ON s.id = c.sample
 ORDER BY c.parked + c.retrying DESC, c.sample`;

type GroupRow = Omit<ParkedGroup, 'sample'> & { at: string; sample: string | null } & ParkedGroup['sample'];

/** Counts what has failed, by group. Messages that only wait behind others are in no group of their own. */
export async function groupParked(database: Database, asked: ParkedCriteria): Promise<ParkedGroups> {
  const state = asked.state?.filter((each) => failedStates.includes(each)) ?? failedStates;
  const criteria = { ...asked, state };
  const rows = await database.query<GroupRow>(countGroups, criteriaValues(criteria));
  const groups = rows
    .filter(({ sample }) => sample !== null)
    .map(({ at: _, sample: __, exceptionId, message, ...group }) => ({ ...group, sample: { exceptionId, message } }));
  return { groups, snapshot: writeSeenSet({ criteria, after: null, through: null, at: rows[0]!.at }) };
}
