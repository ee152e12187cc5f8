interface Waiting<Run, Result> {
  readonly run: Run;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** How turns are shared. */
export interface SharedTurnsOptions<Run> {
  /** Size at which a turn takes no further run. */
  readonly most: number;
  /** Turns at once: one always, the others only while what waits fills a turn of its own. */
  readonly atOnce: number;
  readonly sizeOf: (run: Run) => number;
}

/**
 * Group commit: runs that arrive while a turn is under way share the next one. A busy database sees few large transactions,
 * an idle one no delay. A backlog takes several turns at once, so that the database works while we do. A shared turn that
 * fails is repeated run by run: no run fails for another.
 */
export class SharedTurns<Run, Result> {
  readonly #waiting: Waiting<Run, Result>[] = [];
  #underWay = 0;

  constructor(
    private readonly settle: (runs: readonly Run[]) => Promise<readonly Result[]>,
    private readonly options: SharedTurnsOptions<Run>,
  ) {}

  /** Resolves with the result of this run; rejects with the error of this run alone. */
  take(run: Run): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject });
      if (this.#isTurnDue(this.#underWay)) void this.#turns();
    });
  }

  async #turns(): Promise<void> {
    this.#underWay += 1;
    while (this.#isTurnDue(this.#underWay - 1)) await this.#turn(this.#next());
    this.#underWay -= 1;
  }

  /** Whether something waits that is not for the others to take. */
  #isTurnDue(others: number): boolean {
    if (others === 0) return this.#waiting.length > 0;
    return others < this.options.atOnce && this.#fullAt() >= 0;
  }

  #next(): Waiting<Run, Result>[] {
    const full = this.#fullAt();
    return this.#waiting.splice(0, full < 0 ? this.#waiting.length : full + 1);
  }

  /** The run that fills a turn; -1 when all that wait do not. */
  #fullAt(): number {
    const { most, sizeOf } = this.options;
    let size = 0;
    return this.#waiting.findIndex(({ run }) => (size += sizeOf(run)) >= most);
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
