import { Listr, type ListrTask } from 'listr2';

/** One thing to do, with its name for the person who watches. */
export interface Step {
  readonly title: string;
  readonly work: () => Promise<void>;
}

/** Steps that are done at the same time. */
export interface Stage {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Does the stages one after the other, showing progress: alive on a terminal, a line per step elsewhere. */
export async function runStages(stages: readonly Stage[]): Promise<void> {
  if (process.stdout.isTTY) await onTerminal(stages);
  else await inLines(stages);
}

async function onTerminal(stages: readonly Stage[]): Promise<void> {
  const tasks = stages.map(({ title, steps }): ListrTask => {
    const inner = steps.map((step) => ({ title: step.title, task: step.work }));
    return { title, task: (_, task) => task.newListr(inner, { concurrent: true }) };
  });
  // What went wrong is said once, by whoever started this.
  const rendererOptions = { showErrorMessage: false, collapseErrors: false, showTimer: false };
  // Ctrl-C is the launcher's: everything has to be stopped in order.
  await new Listr(tasks, { renderer: 'default', rendererOptions, registerSignalListeners: false }).run();
}

async function inLines(stages: readonly Stage[]): Promise<void> {
  for (const { steps } of stages) {
    await Promise.all(
      steps.map(async ({ title, work }) => {
        const since = performance.now();
        await work();
        process.stdout.write(`${title}: ready in ${((performance.now() - since) / 1000).toFixed(1)} s\n`);
      }),
    );
  }
}
