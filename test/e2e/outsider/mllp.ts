import { connect } from 'node:net';

/** Sends HL7 v2 messages over one MLLP connection as any interface engine does, and answers what came back for each. */
export async function sendOverMllp(port: number, messages: readonly string[]): Promise<string[]> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
  const answers: string[] = [];
  try {
    for (const message of messages) {
      const answer = new Promise<string>((resolve, reject) => {
        let heard = '';
        const lost = (): void => reject(new Error('The connection was lost before an answer came.'));
        const listen = (chunk: Buffer): void => {
          heard += chunk.toString('utf8');
          if (!heard.endsWith('\x1c\r')) return;
          socket.off('data', listen).off('close', lost);
          resolve(heard.slice(1, -2));
        };
        socket.on('data', listen).once('close', lost);
      });
      socket.write(`\x0b${message}\x1c\r`);
      answers.push(await answer);
    }
  } finally {
    socket.destroy();
  }
  return answers;
}

/** The MSA segments of an answer, a batch's in order. */
export function acknowledgedIn(answer: string): string[] {
  return answer.split('\r').filter((segment) => segment.startsWith('MSA|'));
}

/** The present as HL7 writes it, in UTC. */
export function hl7Now(): string {
  return `${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}+0000`;
}
