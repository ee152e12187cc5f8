import { parseArgs } from 'node:util';

/** How a day is asked for: `npm run day [-- options]`. */
export interface DayCommand {
  readonly records: number;
  readonly seed: number;
  readonly odoo: 'simulator' | 'real';
  /** Nothing wrong in it. */
  readonly clean: boolean;
  /** Print the report as JSON, objections and reasons in full. */
  readonly json: boolean;
  /** Records a second; as fast as the edges answer when absent. */
  readonly rate: number | undefined;
  /** Seconds without anything happening after which the day is judged as it stands. */
  readonly patience: number;
}

const usage =
  'npm run day [-- --records 2000] [--seed 7] [--odoo simulator|real] [--clean] [--rate 100] [--patience 60] [--json]';

/** Reads the command line; throws an error that names every wrong part of it. */
export function readCommand(args: readonly string[]): DayCommand {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { records: text, seed: text, odoo: text, rate: text, patience: text, clean: flag, json: flag };
  const { values } = parseArgs({ args: [...args], options });
  const wrong: string[] = [];
  const number = (name: 'records' | 'seed' | 'rate' | 'patience', least: number): number | undefined => {
    const given = values[name];
    if (given === undefined) return undefined;
    const value = Number(given);
    if (!Number.isInteger(value) || value < least)
      wrong.push(`--${name} ${given}: a whole number from ${least} is expected`);
    return value;
  };
  const odoo = values.odoo ?? 'simulator';
  if (odoo !== 'simulator' && odoo !== 'real') wrong.push(`--odoo ${odoo}: simulator or real is expected`);
  const command = {
    ...{ records: number('records', 10) ?? 2_000, seed: number('seed', 0) ?? 7, rate: number('rate', 1) },
    ...{ patience: number('patience', 5) ?? 60, odoo: odoo as DayCommand['odoo'] },
    ...{ clean: values.clean, json: values.json },
  };
  if (wrong.length > 0) throw new Error(`${wrong.join('; ')}\n${usage}`);
  return command;
}
