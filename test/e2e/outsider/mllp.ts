import { MllpConnection } from '../../../deploy/local/demo/outside/mllp-connection.ts';

/** Sends HL7 v2 messages over one MLLP connection as any interface engine does, and answers what came back for each. */
export async function sendOverMllp(port: number, messages: readonly string[]): Promise<string[]> {
  const connection = await MllpConnection.open(port);
  const answers: string[] = [];
  try {
    for (const message of messages) answers.push(await connection.exchange(message));
  } finally {
    connection.close();
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
