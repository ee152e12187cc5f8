import { expect, it } from 'vitest';

it('kafkajs finds what is replaced when the library is loaded, whichever of its parts comes first', async () => {
  await import('./index.js');
  const { replaced } = await import('./kafkajs-replacement.js');
  expect(replaced).toEqual({ inTime: true });
});
