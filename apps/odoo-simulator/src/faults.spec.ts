import { describe, expect, it } from 'vitest';
import { FaultPlan, generator, type FaultSwitch } from './faults.js';

const setting = (values: Partial<FaultSwitch>): FaultSwitch => ({
  kind: 'delay',
  count: null,
  probability: 1,
  seed: 1,
  milliseconds: 10,
  only: '',
  ...values,
});

describe('fault switches', () => {
  it('strike as often as counted, then no more', () => {
    const plan = new FaultPlan();
    plan.arm(setting({ count: 2 }));
    expect([1, 2, 3].map(() => plan.strikes('delay', 'stock.picking/load'))).toEqual([true, true, false]);
  });

  it('strike the same calls for the same seed', () => {
    const run = (): boolean[] => {
      const plan = new FaultPlan();
      plan.arm(setting({ probability: 0.5, seed: 42 }));
      return Array.from({ length: 20 }, () => plan.strikes('delay', 'x/y'));
    };
    expect(run()).toEqual(run());
    expect(new Set(run())).toEqual(new Set([true, false]));
  });

  it('leave other calls and other kinds alone', () => {
    const plan = new FaultPlan();
    plan.arm(setting({ only: 'button_validate' }));
    expect(plan.strikes('delay', 'stock.picking/load')).toBe(false);
    expect(plan.strikes('expired-key', 'stock.picking/button_validate')).toBe(false);
    expect(plan.strikes('delay', 'stock.picking/button_validate')).toBe(true);
  });

  it('draw numbers between 0 and 1', () => {
    const random = generator(7);
    expect(Array.from({ length: 100 }, random).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
