import { afterEach } from 'vitest';
import { answersTo } from '../src/acknowledgement/acknowledge.js';
import { answerFailure } from '../src/acknowledgement/answer-failure.js';
import { parseMessage } from '../src/message/parse.js';
import { connectMllp, type MllpClient, type MllpClientOptions } from '../src/mllp/client.js';
import { listenMllp, type MllpServer, type MllpServerOptions } from '../src/mllp/server.js';

const identity = { controlId: 'A-1', at: new Date('2026-11-21T07:16:00Z') };

/** The server of the test that runs, and its clients; all are closed after it. */
export let open: { server?: MllpServer; clients: MllpClient[] } = { clients: [] };

afterEach(async () => {
  for (const client of open.clients) client.close();
  await open.server?.close(100);
  open = { clients: [] };
});

/** A message with this control id; `modes` stands after MSH-12. */
export function message(id: string, rest = '', modes = ''): string {
  return `MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|1||DFT^P03|${id}|P|2.5${modes}\r${rest}`;
}

/** A server that accepts everything, unless told otherwise. */
export async function listen(options: Partial<MllpServerOptions> = {}): Promise<MllpServer> {
  open.server = await listenMllp({
    port: 0,
    handle: async (bytes) => accept(bytes),
    failed: (bytes, reason) => answerFailure(bytes, reason, identity),
    ...options,
  });
  return open.server;
}

/** A client of that server. */
export async function client(options: Partial<MllpClientOptions> = {}): Promise<MllpClient> {
  const made = await connectMllp({ port: open.server!.port, ...options });
  open.clients.push(made);
  return made;
}

/** The answers of one who took the message. */
export function accept(bytes: Buffer): Buffer[] {
  const parsed = parseMessage(bytes);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return answersTo(parsed.message, [], identity).map((text) => Buffer.from(text));
}

/** The MSA segment of an answer. */
export function msa(answer: Buffer): string {
  return /MSA\|[^\r]*/.exec(answer.toString())?.[0] ?? '';
}
