import type { ChildHandle } from '../platform/child-process.ts';

/** Every child process of this run, in the tiers in which they are to end: the last tier first. */
export class Children {
  readonly #tiers = new Map<number, Set<ChildHandle>>();

  /** Notes a process as soon as it runs; it is forgotten when it ends. */
  add(tier: number, child: ChildHandle): void {
    const members = this.#tiers.get(tier) ?? new Set();
    this.#tiers.set(tier, members.add(child));
    void child.ended.then(() => members.delete(child));
  }

  /** Ends all, tier by tier: who depends on others before those others. */
  async stop(): Promise<void> {
    for (const tier of [...this.#tiers.keys()].sort((a, b) => b - a)) {
      await Promise.allSettled([...(this.#tiers.get(tier) ?? [])].map((child) => child.stop()));
    }
  }

  /** Ends all at once by force. */
  async kill(): Promise<void> {
    await Promise.allSettled([...this.#tiers.values()].flatMap((members) => [...members].map((child) => child.kill())));
  }
}
