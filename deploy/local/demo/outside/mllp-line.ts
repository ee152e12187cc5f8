import { connect, type Socket } from 'node:net';
import type { Answer, Line } from '../edges/answer.ts';
import { hl7Message } from '../edges/hl7.ts';
import type { DayRecord } from '../generator/record.ts';

/** An interface engine: one MLLP connection, one message at a time, the next when the last is acknowledged. */
export class MllpLine implements Line {
  readonly most = 1;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(port: number): Promise<MllpLine> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject).on('error', () => socket.destroy());
        resolve(new MllpLine(socket));
      });
    });
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const record of records) answers.push(heard(record, await this.#exchange(hl7Message(record))));
    return answers;
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }

  #exchange(message: string): Promise<string> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let answer = '';
      const lost = (): void => reject(new Error('The MLLP connection was lost before an acknowledgement came.'));
      const listen = (chunk: Buffer): void => {
        answer += chunk.toString('utf8');
        if (!answer.endsWith('\x1c\r')) return;
        socket.off('data', listen).off('close', lost);
        resolve(answer.slice(1, -2));
      };
      socket.on('data', listen).once('close', lost);
      socket.write(`\x0b${message}\x1c\r`);
    });
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
