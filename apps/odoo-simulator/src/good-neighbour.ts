import { setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';

// V8 would let short-lived garbage grow to tens of megabytes; a stand-in for Odoo should stay small beside the rest.
for (const flag of ['--max-semi-space-size=1', '--semi-space-growth-factor=1', '--optimize-for-size'])
  setFlagsFromString(flag);

// The Odoo that it stands for has a machine of its own: what it computes must not keep the services from their turn.
setPriority(5);
