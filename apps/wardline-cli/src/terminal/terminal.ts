import { createInterface } from 'node:readline/promises';

/** Where a command speaks: data on standard output, everything else on standard error. */
export interface Terminal {
  /** A line of what was asked for. */
  data(line: string): void;
  /** A line for the person beside the data. */
  note(line: string): void;
  /** The one line of progress, written over on a terminal and left out elsewhere; empty text removes it. */
  progress(line: string): void;
  /** Asks a question that is answered with yes or no; false where nobody can be asked. */
  confirm(question: string): Promise<boolean>;
  readonly isInteractive: boolean;
}

const eraseLine = '\r\u001b[2K';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
  let shown = false;
  const progress = (line: string): void => {
    if (!process.stderr.isTTY) return;
    if (shown || line !== '') process.stderr.write(`${eraseLine}${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    shown = line !== '';
  };
  return {
    isInteractive,
    progress,
    data: (line) => {
      progress('');
      process.stdout.write(`${line}\n`);
    },
    note: (line) => {
      progress('');
      process.stderr.write(`${line}\n`);
    },
    confirm: (question) => (isInteractive ? asked(question) : Promise.resolve(false)),
  };
}

async function asked(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
