/** Calls since start, by `model/method` and by how they ended. */
export class CallCounter {
  private readonly counts = new Map<string, { calls: number; failed: number; milliseconds: number }>();

  note(call: string, ok: boolean, milliseconds: number): void {
    const count = this.counts.get(call) ?? { calls: 0, failed: 0, milliseconds: 0 };
    count.calls += 1;
    count.failed += ok ? 0 : 1;
    count.milliseconds += milliseconds;
    this.counts.set(call, count);
  }

  snapshot(): Record<string, { calls: number; failed: number; milliseconds: number }> {
    const rounded = [...this.counts].map(
      ([call, count]) => [call, { ...count, milliseconds: Math.round(count.milliseconds) }] as const,
    );
    return Object.fromEntries(rounded.sort(([a], [b]) => a.localeCompare(b)));
  }
}
