import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expect, it } from 'vitest';

@Injectable()
class Shelf {
  readonly label = 'NORTH-ICU';
}

@Injectable()
class Ward {
  constructor(readonly shelf: Shelf) {}
}

@Module({ providers: [Shelf, Ward] })
class WardModule {}

it('lets Nest see the types of constructor parameters in tests as in builds', async () => {
  const context = await NestFactory.createApplicationContext(WardModule, { logger: false });
  expect(context.get(Ward).shelf.label).toBe('NORTH-ICU');
  await context.close();
});
