import { duration } from '../terminal/local-time.js';
import { owners, well, wrong, type Finding } from './finding.js';

/** A clock that was asked: what it said, between when the question left and when the answer came, in milliseconds. */
export interface ClockReading {
  readonly said: Date;
  readonly askedAt: number;
  readonly answeredAt: number;
  /** How exactly it speaks: an HTTP date says whole seconds only. */
  readonly granularityMs: number;
}

/** Beyond this, what happened first cannot be told from the times of two systems. */
const toleratedMs = 2_000;

/**
 * Compares a clock with ours. Only what the way of the question cannot explain counts: a clock is wrong when even the best
 * reading is further off than tolerated.
 */
export function judgeClock(subject: string, reading: ClockReading): Finding {
  const { said, askedAt, answeredAt, granularityMs } = reading;
  const earliest = said.getTime() - answeredAt;
  const latest = said.getTime() + granularityMs - askedAt;
  const surelyOff = earliest > 0 ? earliest : latest < 0 ? latest : 0;
  if (Math.abs(surelyOff) <= toleratedMs) return well(subject, 'agrees with the clock of this machine');
  const side = surelyOff > 0 ? 'ahead of' : 'behind';
  const found = `is ${duration(Math.abs(surelyOff))} ${side} the clock of this machine (${said.toISOString()})`;
  return wrong(
    subject,
    found,
    owners.platform,
    'let both machines keep time by NTP, and find out which of the two is off',
  );
}
