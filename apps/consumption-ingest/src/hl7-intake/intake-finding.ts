import type { EventId } from '@wardline/event-contracts';
import type { Finding, Header } from '@wardline/hl7v2';
import type { IntakeItem } from './intake-item.js';

/** Nobody has written a profile for the sender. */
export function unknownSender({ sender }: Header): Finding {
  const value = `${sender.application} / ${sender.facility}`;
  return {
    code: 103,
    owner: 'profile',
    path: 'MSH-3',
    value,
    message: `No sender profile is for ${value} (MSH-3, MSH-4). Whoever keeps the profiles must add one; then send it again.`,
  };
}

/** One control id, two messages. */
export function usedAgain({ controlId }: Header): Finding {
  return {
    code: 205,
    owner: 'sender',
    path: 'MSH-10',
    value: controlId,
    message: `Another message with the control id ${controlId} was taken before. The sending system must number its messages anew.`,
  };
}

/** One number, two items. */
export function saysOtherwise({ item, transaction }: IntakeItem): Finding {
  return {
    code: 205,
    owner: 'sender',
    item,
    value: transaction,
    message: `${item} has the number ${transaction}, which another item had that said otherwise. A correction takes the first one back and has a number of its own.`,
  };
}

/** What is wrong with taking something back: nothing named, nothing come, or more than one thing meant. */
export function takingBackFindings(
  { item, takesBack }: IntakeItem,
  originals: ReadonlyMap<string, readonly EventId[]>,
): Finding[] {
  if (takesBack === null) return [];
  const { transaction } = takesBack;
  if (transaction === null) {
    const message = `${item} takes something back and does not say what. Whoever keeps the profile must say where it stands ("reverses").`;
    return [{ code: 101, owner: 'profile', item, message }];
  }
  const known = originals.get(transaction) ?? [];
  if (known.length === 1) return [];
  const message =
    known.length === 0
      ? `${item} takes back ${transaction}, which has not come. Send that first, then this one again.`
      : `${item} takes back ${transaction}, of which a part was used and a part was wasted. Whoever keeps the profile must say which one is meant.`;
  return [{ code: 204, owner: known.length === 0 ? 'sender' : 'profile', item, value: transaction, message }];
}
