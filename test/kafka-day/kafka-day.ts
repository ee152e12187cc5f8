import { DayOfRecords, type KafkaDayChoice } from './day-of-records.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { specialCases } from './special-cases.ts';

/** The stream of a day in a small hospital: mostly ordinary use, with reversals, repeats, late and wrong records among it. */
export function kafkaDay(options: KafkaDayChoice): KafkaRecord[] {
  const day = new DayOfRecords(options);
  const special = specialCases(day);
  const ordinary = options.records - special.length;
  const every = Math.max(1, Math.floor(ordinary / (special.length + 1)));
  for (let index = 0; index < ordinary; index += 1) {
    day.ordinary();
    if (index % every === every - 1) special.shift()?.();
  }
  for (const play of special) play();
  return day.records;
}
