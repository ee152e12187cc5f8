import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { databaseServer, eventually, testKafka, testRegistry } from './index.js';

it('gives every caller the same broker', async () => {
  const [one, other] = await Promise.all([testKafka(), testKafka()]);
  expect(other).toEqual(one);
  expect(one.url).toBe(`127.0.0.1:${one.port}`);
  await eventually(
    () => new Promise<void>((resolve, reject) => connect(one.port, '127.0.0.1', resolve).once('error', reject)),
  );
});

it('gives a registry that answers in the Confluent way', async () => {
  const { url } = await testRegistry();
  const response = await fetch(`${url}/subjects`);
  expect(await response.json()).toBeInstanceOf(Array);
});

it('runs three different processes', async () => {
  const servers = await Promise.all([databaseServer(), testKafka(), testRegistry()]);
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(3);
});
