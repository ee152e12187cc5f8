import { cabinetFile, pharmacyFile } from '../edges/file-rows.ts';
import type { DayStack } from '../day-stack.ts';
import type { Line } from '../edges/answer.ts';
import type { Edge } from '../generator/record.ts';
import { senders } from '../generator/senders.ts';
import { EpcisLine } from './epcis-line.ts';
import { FhirLine } from './fhir-line.ts';
import { FileLine } from './file-line.ts';
import { KafkaLine } from './kafka-line.ts';
import { MllpLine } from './mllp-line.ts';
import { ScanLine } from './scan-line.ts';

const ingest = ({ services }: DayStack): string => services['consumption-ingest']!;

const ways: Readonly<Record<Edge, (stack: DayStack, line: string) => Line | Promise<Line>>> = {
  kafka: (stack) => new KafkaLine(stack),
  scan: (stack) => new ScanLine(ingest(stack)),
  hl7: ({ mllpPort }) => MllpLine.open(mllpPort),
  fhir: (stack) => new FhirLine(ingest(stack)),
  csv: ({ dropFolder }, name) => new FileLine(dropFolder, { name, extension: 'csv', write: pharmacyFile }, 200),
  jsonl: ({ dropFolder }, name) => new FileLine(dropFolder, { name, extension: 'jsonl', write: cabinetFile }, 100),
  epcis: (stack, sender) => new EpcisLine(ingest(stack), sender),
};

/** Opens a line as its system would. */
export async function openLine(line: string, stack: DayStack): Promise<Line> {
  const { edge } = senders.find((sender) => sender.line === line)!;
  return ways[edge](stack, line);
}
