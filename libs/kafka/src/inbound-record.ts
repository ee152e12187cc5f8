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

function timestampOf(millis: string): Date {
  const date = new Date(Number(millis));
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

/** Headers as text; of a header that is given twice, the first. */
function headerTexts(headers: IHeaders | undefined): Record<string, string> {
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts.push([name, first.toString()]);
  }
  return Object.fromEntries(texts);
}
