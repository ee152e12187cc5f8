import type { Answer, Line } from '../edges/answer.ts';
import { hl7Message } from '../edges/hl7.ts';
import type { DayRecord } from '../generator/record.ts';
import { MllpConnection } from './mllp-connection.ts';

/** An interface engine that sends what its systems tell, message by message. */
export class MllpLine implements Line {
  readonly most = 1;
  readonly #connection: MllpConnection;

  private constructor(connection: MllpConnection) {
    this.#connection = connection;
  }

  static async open(port: number): Promise<MllpLine> {
    return new MllpLine(await MllpConnection.open(port));
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const record of records) answers.push(heard(record, await this.#connection.exchange(hl7Message(record))));
    return answers;
  }

  close(): Promise<void> {
    this.#connection.close();
    return Promise.resolve();
  }
}

/** What an acknowledgement says of a message. HL7 has no field for an owner: the words of ERR name whose job it is. */
export function heard({ expect }: DayRecord, acknowledgement: string): Answer {
  const segments = acknowledgement.split('\r').map((segment) => segment.split('|'));
  const [, code = ''] = segments.find(([name]) => name === 'MSA') ?? [];
  if (code === 'AA') return expect.end === 'noted' ? { outcome: 'noted' } : { outcome: 'taken', eventId: null };
  const error = segments.find(([name]) => name === 'ERR') ?? [];
  const isNew = (error[3] ?? '') !== '';
  const message = (isNew ? error[8] : error[1]) ?? '';
  const number = (isNew ? error[3] : error[1]?.split('^')[3]) ?? '';
  const owner = /profile/.test(message) ? 'keeper of the profiles' : 'source-system';
  return { outcome: 'refused', code: number.split(/[\^&]/)[0]!, message, remedy: message, owner };
}
