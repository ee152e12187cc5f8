import { expect, it, describe } from 'vitest';
import fc from 'fast-check';
import { independentRuns } from './independent-runs.js';
import { recorded } from '../../test/builders.js';
