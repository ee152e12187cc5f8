import { connect } from 'node:net';

const metadataRequest = 3;

/**
 * Asks a broker for its cluster's metadata in Kafka's own protocol, and answers whether it lists a live broker: only
 * then can topics be created. No client library, because this runs before anything is known to work.
 */
export async function listsLiveBroker(port: number, timeoutMs = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = Buffer.alloc(0);
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(metadataFrame()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      // size (4), correlation id (4), then the number of brokers
      if (received.length >= 12) finish(received.readInt32BE(8) > 0);
    });
  });
}

function metadataFrame(): Buffer {
  const frame = Buffer.alloc(18);
  frame.writeInt32BE(14, 0);
  frame.writeInt16BE(metadataRequest, 4);
  frame.writeInt16BE(1, 6); // version
  frame.writeInt32BE(1, 8); // correlation id
  frame.writeInt16BE(-1, 12); // no client id
  frame.writeInt32BE(0, 14); // no topics
  return frame;
}
