import type { DeliveryFaultRow, FaultRow } from './fault.ts';
import { clusterFaults } from './faults/cluster.ts';
import { consumerFaults } from './faults/consumer.ts';
import { databaseFaults } from './faults/database.ts';
import { diskFaults } from './faults/disk.ts';
import { networkFaults } from './faults/network.ts';
import { odooFaults } from './faults/odoo.ts';
import { relayFaults } from './faults/relay.ts';
import { seededSchedule } from './faults/schedule.ts';
import { versionFaults } from './faults/versions.ts';

/** The load alone: what a broken promise shows even then, and what a mixed schedule begins with. */
const undisturbed: DeliveryFaultRow = {
  on: 'delivery',
  name: 'nothing at all',
  injection:
    'none: four writers with rollbacks, savepoints, early transaction ids, slow transactions, stumbling events',
  invariant: 'no message is in the topic twice',
  trials: { standard: 20, full: 50 },
  repeatsAtMost: 0,
  mixes: false,
  strike: () => Promise.resolve(),
};

const rows: readonly DeliveryFaultRow[] = [
  undisturbed,
  ...relayFaults,
  ...consumerFaults,
  ...databaseFaults,
  ...networkFaults,
  ...versionFaults,
];

/** Every fault, in the order of the table. */
export const faults: readonly FaultRow[] = [
  ...rows,
  seededSchedule(rows),
  ...diskFaults,
  ...clusterFaults,
  ...odooFaults,
];
