/** What can be made to go wrong. */
export const faultKinds = [
  'delay',
  'close-connection',
  'fail-before-commit',
  'fail-after-commit',
  'too-many-requests',
  'serialization-conflict',
  'expired-key',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A switch: how often and how likely a fault strikes. */
export interface FaultSwitch {
  readonly kind: FaultKind;
  /** Strikes left; null for ever. */
  readonly count: number | null;
  /** Chance per call, 0 to 1. */
  readonly probability: number;
  /** Same seed, same calls struck. */
  readonly seed: number;
  /** For `delay`. */
  readonly milliseconds: number;
  /** Only calls whose `model/method` contains this. */
  readonly only: string;
}

interface Armed {
  readonly setting: FaultSwitch;
  readonly random: () => number;
  left: number;
}

/** The switches that are on. */
export class FaultPlan {
  private readonly armed = new Map<FaultKind, Armed>();

  /** Turns a fault on, replacing an earlier switch of its kind. */
  arm(setting: FaultSwitch): void {
    this.armed.set(setting.kind, { setting, random: generator(setting.seed), left: setting.count ?? Infinity });
  }

  clear(): void {
    this.armed.clear();
  }

  list(): (FaultSwitch & { left: number | null })[] {
    return [...this.armed.values()].map(({ setting, left }) => ({
      ...setting,
      left: Number.isFinite(left) ? left : null,
    }));
  }

  /** Whether this fault strikes the call (`model/method`) now; a strike is used up. */
  strikes(kind: FaultKind, call: string): boolean {
    const armed = this.armed.get(kind);
    if (!armed || armed.left <= 0 || !call.includes(armed.setting.only)) return false;
    if (armed.random() >= armed.setting.probability) return false;
    armed.left -= 1;
    return true;
  }

  /** How long a struck call waits. */
  delayMilliseconds(): number {
    return this.armed.get('delay')?.setting.milliseconds ?? 0;
  }
}

/** A small seeded generator (mulberry32): the same numbers on every machine. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
