/** A client that asks one question over a few connections for a while, at as little cost of its own as can be. */
import { connect, type Socket } from 'node:net';

export interface Question {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Requests answered in so many milliseconds. Throws at the first answer whose status is not 200. */
export async function keepAsking(question: Question, connections: number, ms: number): Promise<number> {
  const until = performance.now() + ms;
  const answered = await Promise.all(
    Array.from({ length: connections }, () => askUntil(question, () => performance.now() < until)),
  );
  return answered.reduce((sum, one) => sum + one, 0);
}

async function askUntil(question: Question, goesOn: () => boolean): Promise<number> {
  const socket = connect(question.port, '127.0.0.1').setNoDelay(true);
  const request = requestOf(question);
  try {
    let answered = 0;
    while (goesOn()) {
      await answerTo(socket, request);
      answered += 1;
    }
    return answered;
  } finally {
    socket.destroy();
  }
}

function requestOf({ headers, body }: Question): Buffer {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

function answerTo(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = '';
    let missing = -1;
    const end = (error?: Error): void => {
      socket.off('data', read).off('error', end).off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    const closed = (): void => end(new Error('the server closed the connection'));
    const read = (chunk: Buffer): void => {
      if (missing < 0) {
        head += chunk.toString('latin1');
        const at = head.indexOf('\r\n\r\n');
        if (at < 0) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head.slice(0, at))?.[1]);
        if (!head.startsWith('HTTP/1.1 200 ') || Number.isNaN(length)) {
          end(new Error(`found ${head.slice(0, 400)}, wanted 200 with its length`));
          return;
        }
        missing = length - (head.length - at - 4);
      } else missing -= chunk.length;
      if (missing === 0) end();
    };
    socket.on('data', read).once('error', end).once('close', closed);
    socket.write(request);
  });
}
