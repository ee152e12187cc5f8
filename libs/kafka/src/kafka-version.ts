const produceKey = 0;

/** Kafka's release by the newest version of its Produce request: no request of the protocol asks for the release itself. */
const releases: readonly (readonly [produceVersion: number, release: string])[] = [
  [13, '4.1'],
  [12, '4.0'],
  [11, '3.8'],
  [10, '3.7'],
  [9, '2.8'],
];

/** The oldest release that Wardline is known to work with. */
export const oldestKafka = '2.8';

/** The release that a broker's versions of requests show, such as `4.1 or later`, or `older than 2.8`. */
export function kafkaVersion(versions: Readonly<Record<number, { readonly maxVersion: number }>>): string {
  const produce = versions[produceKey]?.maxVersion ?? 0;
  const index = releases.findIndex(([version]) => produce >= version);
  const [, release] = releases[index] ?? [];
  if (release === undefined) return `older than ${oldestKafka}`;
  const [, next] = releases[index - 1] ?? [];
  return next === undefined ? `${release} or later` : `${release} or later, older than ${next}`;
}
