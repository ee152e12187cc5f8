import { Topic } from '@wardline/event-contracts';
import { KafkaTransport } from '@wardline/kafka';
import { HandlerRegistry, MessagePipeline, ParkedDrain, type PipelineOptions } from '@wardline/outbox';
import { ApplyEffect } from './apply-effect.ts';
import type { Ending, Surroundings } from './play.ts';
import { noMetrics } from './no-metrics.ts';

/** Name of the consumer and of its group. */
export const consumer = 'chaos';

/** Applies what the origin publishes: one effect and one further event each. Resolves once the consumer has started. */
export async function consume(surroundings: Surroundings): Promise<Ending> {
  const { part, database, outbox, codec, clock, log, failpoints } = surroundings;
  const parts = { consumer, database, outbox, codec, clock, log, metrics: noMetrics, onStep: failpoints.pass };
  const registry = new HandlerRegistry([new ApplyEffect(clock)]);
  const options: PipelineOptions = { ...parts, registry, onParked: () => drain.wake() };
  const drain = new ParkedDrain(options, 50);
  const transport = new KafkaTransport({
    brokers: part.brokers.split(','),
    clientId: part.name,
    requestTimeoutMs: 3_000,
    groupId: consumer,
    topics: [Topic.InventoryConsumption],
    processor: new MessagePipeline(options),
    log,
    sessionTimeoutMs: 2_000,
    heartbeatMs: 300,
    maxWaitMs: 100,
    watchdogMs: 5_000,
    limits: { reclaimAfterMs: 300 },
  });
  await new Promise<void>((resolve, reject) => transport.listen((error) => (error ? reject(error) : resolve())));
  drain.start();
  return async () => {
    await transport.close();
    await drain.stop();
  };
}
