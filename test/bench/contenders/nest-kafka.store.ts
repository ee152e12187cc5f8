import 'reflect-metadata';
// Corrects kafkajs' timers on Node 24, for Nest as for us.
import '@wardline/kafka';
import { Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, EventPattern, Payload, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import pg from 'pg';
import { lastValueFrom } from 'rxjs';
import { eventId, type Contender, type Site } from './contender.ts';
import { changeBalance } from './sql-writer.store.ts';

/** How Nest's Kafka server runs. */
export interface Options {
  /** Partitions handled at the same time. */
  readonly concurrency: number;
}

interface Movement {
  readonly ordinal: number;
  readonly key: string;
  readonly data: string;
}

/** Nest's own Kafka server and client: a transaction per message, then `emit`. Nothing recognises a repeat. */
export async function open({ concurrency }: Options): Promise<Contender> {
  let app: INestMicroservice | undefined;
  let client: ClientKafka | undefined;
  let pool: pg.Pool | undefined;
  return {
    prepare: async () => undefined,
    start: async (site) => {
      pool = new pg.Pool({ connectionString: site.databaseUrl, max: concurrency });
      pool.on('error', () => undefined);
      client = new ClientKafka({ client: { clientId: 'peer', brokers: site.brokers.split(',') } });
      await client.connect();
      app = await NestFactory.createMicroservice<MicroserviceOptions>(moduleOf(site, pool, client), {
        transport: Transport.KAFKA,
        // kafkajs calls every rebalance an error.
        logger: false,
        options: {
          client: { clientId: 'peer', brokers: site.brokers.split(',') },
          consumer: { groupId: site.name },
          subscribe: { fromBeginning: true },
          run: { partitionsConsumedConcurrently: concurrency },
        },
      });
      await app.listen();
    },
    stop: async () => {
      await app?.close();
      await client?.close();
      await pool?.end();
    },
    close: async () => undefined,
  };
}

function moduleOf(site: Site, pool: pg.Pool, client: ClientKafka): Type {
  class Stock {
    async handle({ ordinal, key, data }: Movement): Promise<void> {
      const connection = await pool.connect();
      await connection.query('BEGIN');
      await connection.query({ name: 'balance', text: changeBalance, values: [key] });
      await connection.query('COMMIT');
      connection.release();
      const headers = { ce_id: eventId(ordinal) };
      await lastValueFrom(client.emit(site.topic, { key, value: JSON.stringify({ ordinal, key, data }), headers }));
    }
  }
  // Node strips types but knows no decorators.
  EventPattern(site.input)(Stock.prototype, 'handle', Object.getOwnPropertyDescriptor(Stock.prototype, 'handle')!);
  Payload()(Stock.prototype, 'handle', 0);
  class Bench {}
  Module({ controllers: [Stock] })(Bench);
  return Bench;
}
