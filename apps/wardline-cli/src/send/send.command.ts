import { readFileSync } from 'node:fs';
import { Args, Command, Flags } from '@oclif/core';
import { catalogue, Topic, type TopicContract } from '@wardline/event-contracts';
import { exitCode, wrongUse } from '../exit.js';
import { commonFlags } from '../flags.js';
import { openSite, type Site } from '../site.js';
import { topicArgument } from '../tail/tail.js';
import { outgoing, recordsIn, typeFor, type Outgoing } from './outgoing.js';
import { sendAndAwait, sendAll } from './send.js';
import type { Receipt } from './receipts.js';

/** `wardline send TOPIC FILE`: exit code 1 when a record is not accepted with `--wait`. */
export class SendCommand extends Command {
  static override summary =
    'Send records from JSON, checked against the contract first, under the key of the contract.';
  static override description =
    'FILE holds a JSON object, a list of them, or one a line; - is standard input. Nothing is sent unless every record is right. ' +
    'An eventId or correlationId that is left out is filled in; the eventIds are the answer.';
  static override examples = [
    '<%= config.bin %> send clinical.consumption use.json --wait',
    'jq -c .records[] day.json | <%= config.bin %> send clinical.consumption -',
  ];
  static override args = {
    topic: Args.string({ required: true, description: 'A topic of the catalogue.' }),
    file: Args.string({ required: true, description: 'A file of JSON or JSON lines; - for standard input.' }),
  };
  static override flags = {
    ...commonFlags,
    type: Flags.string({ description: 'The record type, where the topic takes several.' }),
    key: Flags.string({ description: 'The message key, where the contract does not tell it from the record.' }),
    wait: Flags.boolean({ description: 'Wait for the receipt of each record (clinical.consumption).' }),
    timeout: Flags.integer({ default: 30, min: 1, description: 'Seconds to wait for receipts.' }),
    check: Flags.boolean({ description: 'Check only, send nothing.' }),
    'in-place-of-writer': Flags.boolean({
      description: 'Send what only a service of ours should say. Not for production.',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SendCommand);
    const topic = topicArgument(args.topic, catalogue);
    if (!flags['in-place-of-writer']) refuseForgery(topic);
    if (flags.wait && topic.name !== Topic.ClinicalConsumption)
      throw wrongUse(
        `--wait: only records of ${Topic.ClinicalConsumption} are answered with a receipt, not ${topic.name}`,
      );
    const type = typeFor(topic, flags.type);
    const records = outgoing(topic, type, recordsIn(contentOf(args.file)), flags.key);
    const site = openSite(this.config.configDir, flags.profile);
    const show = (one: { eventId: string }, line: string) =>
      site.terminal.data(flags.json ? JSON.stringify(one) : line);
    if (flags.check) return records.forEach(({ eventId, key }) => show({ eventId, ...{ key } }, `${eventId}  ${key}`));
    const receipts = await sent(site, topic, records, flags.wait ? flags.timeout : undefined);
    if (receipts === null) records.forEach(({ eventId, key }) => show({ eventId, ...{ key } }, eventId));
    else receipts.forEach((receipt) => show(receipt, receiptLine(receipt)));
    if (receipts?.some(({ outcome }) => outcome !== 'accepted')) process.exitCode = exitCode.failed;
  }
}

async function sent(
  site: Site,
  topic: TopicContract,
  records: readonly Outgoing[],
  waitSeconds: number | undefined,
): Promise<Receipt[] | null> {
  if (waitSeconds !== undefined) return sendAndAwait(site, topic, records, waitSeconds);
  await sendAll(site, topic, records);
  return null;
}

function refuseForgery({ name, writers }: TopicContract): void {
  if (writers.includes('upstream')) return;
  throw wrongUse(
    `${name} is written by ${writers.join(', ')} alone; a record of yours would be taken for its word. ` +
      'Where that is what you want, on a test system, add --in-place-of-writer',
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw wrongUse(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function receiptLine({ eventId, outcome, code, message, remedy, owner }: Receipt): string {
  if (outcome === 'none') return `${eventId}  no receipt yet`;
  if (outcome === 'accepted') return `${eventId}  accepted`;
  return `${eventId}  ${outcome}  ${code}: ${message} ${remedy} (${owner})`;
}
