import type { GroupLag, GroupState } from '@wardline/kafka';
import { owners, well, wrong, type Finding } from './finding.js';

/** Whether a service's consumer group has somebody who reads, and how far behind it is on what it has begun. */
export function judgeGroup(groupId: string, state: GroupState | undefined, lags: readonly GroupLag[]): Finding {
  const subject = `consumer group ${groupId}`;
  const behind = lags.filter(({ committed }) => committed !== null).reduce((sum, { messages }) => sum + messages, 0);
  if (state === undefined || state.members === 0) {
    const found = `has no members (${state?.state ?? 'unknown'}): nobody reads for ${groupId}; ${behind} messages wait`;
    return wrong(subject, found, owners.platform, `start ${groupId}, and look at its log and /health/ready`);
  }
  if (state.state !== 'Stable') {
    const found = `is ${state.state} with ${state.members} members`;
    return wrong(
      subject,
      found,
      owners.platform,
      'wait half a minute; if it stays so, a member restarts again and again',
    );
  }
  return well(subject, `${state.members} ${state.members === 1 ? 'member' : 'members'}, ${behind} messages behind`);
}
