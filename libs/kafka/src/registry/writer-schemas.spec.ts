import { describe, expect, it } from 'vitest';
import { Paused } from '@wardline/event-handling';
import type { AvroSchema } from '../avro/avro-schema.js';
import { RegistryUnavailable } from './schema-registry.js';
import { WriterSchemas } from './writer-schemas.js';

const patience = { retryPauses: [1, 1], negativeMs: 1_000 };

function schemas(answers: (AvroSchema | undefined | Error)[]): {
  schemas: WriterSchemas<string>;
  asked: number[];
  clock: { now: number };
} {
  const asked: number[] = [];
  const clock = { now: 0 };
  const fetchSchema = (id: number): Promise<AvroSchema | undefined> => {
    asked.push(id);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return {
    schemas: new WriterSchemas(
      fetchSchema,
      (id) => `schema ${id}`,
      patience,
      () => clock.now,
    ),
    asked,
    clock,
  };
}

describe('writer schemas', () => {
  it('are asked for once, however many messages wait for them', async () => {
    const { schemas: writers, asked } = schemas(['string']);
    expect(writers.cached(7)).toBe('ask');
    expect(await Promise.all([writers.ask(7), writers.ask(7)])).toEqual(['schema 7', 'schema 7']);
    expect(writers.cached(7)).toBe('schema 7');
    expect(asked).toEqual([7]);
  });

  it('are waited for a while when the registry does not know them yet', async () => {
    const { schemas: writers, asked } = schemas([undefined, undefined, 'string']);
    expect(await writers.ask(7)).toBe('schema 7');
    expect(asked).toHaveLength(3);
  });

  it('stay unknown for a time, then are asked for again', async () => {
    const { schemas: writers, clock } = schemas([undefined]);
    expect(await writers.ask(7)).toBeUndefined();
    expect(writers.cached(7)).toBe('unknown');
    clock.now = 1_001;
    expect(writers.cached(7)).toBe('ask');
  });

  it('are asked for a few at a time, however many are unknown at once', async () => {
    let [running, most] = [0, 0];
    const writers = new WriterSchemas(
      async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        return undefined;
      },
      () => '',
      { retryPauses: [1], negativeMs: 1_000 },
    );
    const answers = await Promise.all(Array.from({ length: 200 }, (_, id) => writers.ask(id)));
    expect(new Set(answers)).toEqual(new Set([undefined]));
    expect(most).toBe(8);
  });

  it('pause the consumer while the registry is away, since that says nothing about the message', async () => {
    const { schemas: writers } = schemas([new RegistryUnavailable('away'), 'string']);
    await expect(writers.ask(7)).rejects.toThrow(Paused);
    expect(await writers.ask(7)).toBe('schema 7');
  });
});
