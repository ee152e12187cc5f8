import type { Database } from '../database.js';
import { criteriaCondition, criteriaValues, openCondition } from '../parked-view.store.js';
import { unsettled } from '../parked.store.js';
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

/** Those that wait are counted with the message at which their key stands: the first failed one. */
const countGroups = (condition: string): string => `
WITH behind AS (
  SELECT topic, key, count(*) AS messages FROM delivery.parked WHERE holds_key AND state = 'waiting' GROUP BY topic, key
), first_of_key AS (
  SELECT DISTINCT ON (topic, key) topic, key, id FROM delivery.parked
   WHERE holds_key AND state IN ${unsettled} AND state <> 'waiting' ORDER BY topic, key, place
), counted AS (
  SELECT p.record_type AS "recordType", p.class, p.code, p.owner,
         count(*) FILTER (WHERE p.state = 'parked')::int AS parked,
         count(*) FILTER (WHERE p.state = 'retrying')::int AS retrying,
         coalesce(sum(behind.messages), 0)::int AS "waitingBehind",
         min(p.parked_at) AS oldest, max(p.parked_at) AS newest, min(p.id) AS sample
    FROM delivery.parked p LEFT JOIN first_of_key f ON f.id = p.id
    LEFT JOIN behind ON behind.topic = f.topic AND behind.key = f.key
   WHERE ${condition} AND ${criteriaCondition('p')}
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
  const rows = await database.query<GroupRow>(countGroups(openCondition(state)), criteriaValues(criteria));
  const groups = rows
    .filter(({ sample }) => sample !== null)
    .map(({ at: _, sample: __, exceptionId, message, ...group }) => ({ ...group, sample: { exceptionId, message } }));
  return { groups, snapshot: writeSeenSet({ criteria, after: null, through: null, at: rows[0]!.at }) };
}
