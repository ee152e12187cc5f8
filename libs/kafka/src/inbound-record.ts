import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { InboundRecord } from '@wardline/event-handling';

/** A fetched message as the ports know it. */
export function inboundRecord(topic: string, partition: number, message: KafkaMessage): InboundRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key,
    value: message.value,
    headers: headerTexts(message.headers),
    timestamp: timestampOf(message.timestamp),
  };
}

const lastMoment = Date.parse('9999-12-31T23:59:59.999Z');

/** Brokers take any number as a message's time; one that Postgres does not know becomes the nearest that it does. */
function timestampOf(millis: string): Date {
  return new Date(Math.max(0, Math.min(Number(millis) || 0, lastMoment)));
}

/** Headers as text; of a header that is given twice, the first, and of one without a value, an empty text. */
function headerTexts(headers: IHeaders | undefined): Record<string, string> {
  const texts = Object.entries(headers ?? {}).map(([name, values]): [string, string] => {
    const first: Buffer | string | null | undefined = Array.isArray(values) ? values[0] : values;
    return [name, first?.toString() ?? ''];
  });
  return Object.fromEntries(texts);
}
