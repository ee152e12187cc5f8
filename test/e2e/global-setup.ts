import { createServer, type IncomingMessage, type Server } from 'node:http';
import { announceDesk, deskAddress } from './config.ts';
import { Stack } from './stack.ts';

/**
 * Vitest's global set-up for the stories: a desk at which they ask for the one Wardline that they share. It is started
 * when it is first asked for, its parts are killed and restarted by request, and it is stopped with the run.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (deskAddress() !== undefined) return undefined;
  let shared: Promise<Stack> | undefined;
  const desk = createServer((request, response) => {
    shared ??= Stack.start();
    shared
      .then((stack) => serve(stack, request))
      .then(
        (answer) => response.end(JSON.stringify(answer)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  announceDesk(await listen(desk));
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await (await shared?.catch(() => undefined))?.stop();
  };
}

const deeds = ['kill', 'stop', 'restart'] as const;

/** `GET /`, `POST /restart-everything`, `POST /line/cut`, `POST /line/restore`, `POST /<part>/kill|stop|restart`. */
async function serve(stack: Stack, { url = '/' }: IncomingMessage): Promise<unknown> {
  const [subject = '', deed] = url.slice(1).split('/');
  if (subject === '') return stack.addresses;
  if (subject === 'restart-everything') await stack.restartEverything();
  else if (subject === 'line') await (deed === 'cut' ? stack.line.cut() : stack.line.restore());
  else {
    const known = deeds.find((one) => one === deed);
    if (known === undefined) throw new Error(`nobody can ${deed} a part`);
    const { ended } = stack.part(subject);
    await stack.part(subject)[known]();
    if (known !== 'restart') return { ended: await ended };
  }
  return {};
}

function listen(desk: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    desk.once('error', reject);
    desk.listen(0, '127.0.0.1', () => {
      const address = desk.address();
      if (address === null || typeof address === 'string') reject(new Error('The desk of the stories has no port'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}
