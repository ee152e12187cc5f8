import { expect, it } from 'vitest';
import { launchArguments } from './arguments.ts';

it('plays the demo day and stays unless told otherwise', () => {
  expect(launchArguments([])).toEqual({ reset: false, demo: true, once: false });
  expect(launchArguments(['--reset', '--no-demo'])).toEqual({ reset: true, demo: false, once: false });
});

it('answers a wrong option with the usage in one line', () => {
  expect(() => launchArguments(['--rest'])).toThrow(/--rest.*Usage: npm start/);
});
