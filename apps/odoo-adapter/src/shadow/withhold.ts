import { PostingWithheld, Topic, type StockMoved } from '@wardline/event-contracts';
import { businessEvent, causedBy, type BusinessEvent, type Envelope } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import { allCheckpoints, locationPaths } from './checkpoint.store.js';
import { checkpointFor, decide, pairUntil, shelfOf, type Checkpoint } from './checkpoint.js';

/** Answers the checkpoint for which a movement is withheld; null when it is posted. */
export type Withholding = (envelope: Envelope<StockMoved>) => Checkpoint | null;

/** Which of these movements are withheld, and for which checkpoint. */
export async function withholdingOf(query: Query, moved: readonly Envelope<StockMoved>[]): Promise<Withholding> {
  const checkpoints = await allCheckpoints(query);
  if (checkpoints.length === 0) return () => null;
  const codes = [...moved.map(({ data }) => shelfOf(data)), ...checkpoints.map(({ site }) => site)];
  const paths = await locationPaths(query, codes);
  return ({ data, receivedAt }) => {
    const checkpoint = checkpointFor(data, checkpoints, (code) => paths.get(code));
    if (checkpoint === null || decide(checkpoint.switches, data.occurredAt, receivedAt) === 'post') return null;
    return checkpoint;
  };
}

/** The event that a movement is withheld, keyed like it; none when there is no checkpoint. */
export function withheldEvents(envelope: Envelope<StockMoved>, checkpoint: Checkpoint | null): BusinessEvent[] {
  if (checkpoint === null) return [];
  const { checkpointId, flow, site } = checkpoint;
  const { eventId, data, receivedAt } = envelope;
  const event = businessEvent(Topic.ErpPosting, keyOf(envelope), PostingWithheld, {
    ...{ occurredAt: receivedAt, sourceEventId: eventId, checkpointId, flow, site },
    settleAt: pairUntil(checkpoint, data.occurredAt, receivedAt),
  });
  return causedBy(envelope, [event]);
}

/** The key of a movement, within which order holds. */
export function keyOf({ key, data }: Envelope<StockMoved>): string {
  return key ?? `${data.fromLocation}/${data.productCode}`;
}
