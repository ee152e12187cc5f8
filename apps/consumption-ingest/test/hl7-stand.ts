import {
  connectMllp,
  exampleProfiles,
  parseBatch,
  parseMessage,
  textAt,
  type Hl7Message,
  type MllpClient,
} from '@wardline/hl7v2';
import { Outbox } from '@wardline/outbox';
import { outboxOf, silentLog, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { EncounterMovementStore } from '../src/hl7-intake/encounter-movement.store.js';
import { Hl7Controller } from '../src/hl7-intake/hl7.controller.js';
import { Hl7Intake } from '../src/hl7-intake/hl7-intake.js';
import { Hl7MessageStore } from '../src/hl7-intake/hl7-message.store.js';
import type { Hl7Settings } from '../src/hl7-intake/hl7-settings.js';
import { MllpEdge } from '../src/hl7-intake/mllp-edge.js';
import { PlacesOfUse } from '../src/hl7-intake/place-of-use.js';
import { pseudonymsBy } from '../src/hl7-intake/pseudonym.js';
import { MessageSettlement } from '../src/hl7-intake/settle-message.js';
import { migrations } from '../src/migrations.js';
import { morning } from './builders.js';

/** What a sender reads in an acknowledgement. */
export interface Acknowledged {
  readonly code: string;
  readonly of: string;
  readonly says: string;
}

/** The HL7 intake on a database of its own, with a sender connected to it. */
export interface Hl7Stand {
  readonly database: TestDatabase;
  readonly hl7: Hl7Controller;
  readonly sender: MllpClient;
  readonly port: number;
  /** Sends a message; answers its acknowledgement. */
  send(text: string | Buffer): Promise<Acknowledged>;
  /** Sends a batch; answers the acknowledgements in it and the bytes of the answer. */
  sendBatch(text: string | Buffer): Promise<{ readonly answers: readonly Acknowledged[]; readonly text: string }>;
  /** What was put into the outbox so far, of one topic. */
  events(topic: string): Promise<readonly { readonly key: string; readonly data: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

/** Opens the stand with the example profiles. */
export async function openHl7Stand(): Promise<Hl7Stand> {
  const database = await testDatabase(migrations);
  const clock = { now: () => morning };
  const pseudonym = pseudonymsBy('a key of the tests that is long enough');
  const settings: Hl7Settings = {
    ...{ host: '127.0.0.1', port: 0, profiles: exampleProfiles, tls: null },
    pseudonymKey: 'a key of the tests that is long enough',
  };
  const [messages, movements] = [new Hl7MessageStore(), new EncounterMovementStore()];
  const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
  const settlement = new MessageSettlement({ database, outbox, messages, movements, pseudonym, clock });
  const edge = new MllpEdge(settings, new Hl7Intake(settlement, exampleProfiles, clock), silentLog);
  await edge.onApplicationBootstrap();
  const sender = await connectMllp({ port: edge.port! });
  return {
    ...{ database, sender, port: edge.port! },
    hl7: new Hl7Controller(database, messages, settings, new PlacesOfUse(movements, pseudonym)),
    send: async (text) => acknowledged(await sender.send(text)),
    sendBatch: async (text) => {
      const answer = await sender.send(text);
      const file = parseBatch(answer);
      if (file.problems.length > 0) throw new Error(file.problems[0]!.message);
      return {
        answers: file.batches.flatMap((batch) => batch.messages.map(acknowledged)),
        text: answer.toString('latin1'),
      };
    },
    events: async (topic) => (await outboxOf(database, await testCodec())).filter((event) => event.topic === topic),
    close: async () => {
      sender.close();
      await edge.onApplicationShutdown();
      await database.close();
    },
  };
}

function acknowledged(bytes: Buffer): Acknowledged {
  const answer = parseMessage(bytes, { charset: '8859/1' });
  if (!answer.ok) throw new Error(answer.problem.message);
  const at = (message: Hl7Message, path: string): string => textAt(message, path);
  const says = at(answer.message, 'ERR-8') || at(answer.message, 'MSA-3');
  return { code: at(answer.message, 'MSA-1'), of: at(answer.message, 'MSA-2'), says };
}

/** A segment by the numbers of its fields. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return `${[name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')}\r`;
}

/** The header of a message of one of the examples' senders at NORTH. */
export function header(application: string, type: string, controlId: string, facility = 'NORTH'): string {
  return `MSH|^~\\&|${application}|${facility}|WARDLINE|HOSP|20261121081600+0100||${type}|${controlId}|P|2.5\r`;
}
