interface Waiting<Run, Result> {
  readonly run: Run;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** How turns are shared. */
export interface SharedTurnsOptions<Run> {
  /** Size at which a turn takes no further run. */
  readonly most: number;
  readonly sizeOf: (run: Run) => number;
}

/**
 * Group commit: one turn at a time, and runs that arrive meanwhile share the next one. A busy database sees few large
 * transactions, an idle one no delay. A shared turn that fails is repeated run by run: no run fails for another.
 */
export class SharedTurns<Run, Result> {
  readonly #waiting: Waiting<Run, Result>[] = [];
  #underWay = false;

  constructor(
    private readonly settle: (runs: readonly Run[]) => Promise<readonly Result[]>,
    private readonly options: SharedTurnsOptions<Run>,
  ) {}

  /** Resolves with the result of this run; rejects with the error of this run alone. */
  take(run: Run): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject });
      if (!this.#underWay) void this.#turns();
    });
  }

  async #turns(): Promise<void> {
    this.#underWay = true;
    while (this.#waiting.length > 0) await this.#turn(this.#next());
    this.#underWay = false;
  }

  #next(): Waiting<Run, Result>[] {
    const { most, sizeOf } = this.options;
    let size = 0;
    const full = this.#waiting.findIndex(({ run }) => (size += sizeOf(run)) >= most);
    return this.#waiting.splice(0, full < 0 ? this.#waiting.length : full + 1);
  }

  async #turn(members: readonly Waiting<Run, Result>[]): Promise<void> {
    try {
      const results = await this.settle(members.map(({ run }) => run));
      members.forEach(({ resolve }, index) => resolve(results[index]!));
    } catch (error) {
      if (members.length === 1) return members[0]!.reject(error);
      for (const member of members) await this.#turn([member]);
    }
  }
}
