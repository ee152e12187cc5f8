import type { ConsumptionRecorded } from '@wardline/event-contracts';

/**
 * Cuts records, in their order, into runs whose records can be decided side by side: what one of them settles is nothing
 * that another of its run rests on. A record begins a new run when the present one has its eventId, its number of the same
 * source, the record it reverses, another reversal of that, or the same serial.
 */
export function independentRuns<T>(items: readonly T[], recordOf: (item: T) => ConsumptionRecorded): T[][] {
  const runs: T[][] = [];
  let touched = new Set<string>();
  for (const item of items) {
    const touches = touchedBy(recordOf(item));
    if (runs.length === 0 || touches.some((name) => touched.has(name))) {
      runs.push([]);
      touched = new Set();
    }
    runs.at(-1)!.push(item);
    for (const name of touches) touched.add(name);
  }
  return runs;
}

/** Names of what a record settles or rests on and another could change. */
function touchedBy({ eventId, source, sequence, reverses, serialNumber }: ConsumptionRecorded): string[] {
  const touches = [`record:${eventId}`];
  if (sequence !== null) touches.push(`sequence:${sequence}/${source}`);
  if (reverses !== null) touches.push(`record:${reverses}`);
  const serial = serialNumber?.trim();
  if (serial) touches.push(`serial:${serial}`);
  return touches;
}
