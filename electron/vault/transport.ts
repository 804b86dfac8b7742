import { request, type IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { dial } from './dial.ts';
import { failure, type Asked, type VaultFailure } from './failure.ts';
import { interrupted, networkFailure } from './network-trouble.ts';
import type { PeerInfo } from './peer.ts';
import type { Route } from './route.ts';

/** No reply of Vault's that Keyturn asks for comes near this. Bytes. */
const biggestReply = 1024 * 1024;

/** Takes the body of a reply with status 200, piece by piece: for one too large to hold. */
export type Sink = (piece: Uint8Array) => Promise<void>;

/** One HTTP request, ready to be written. `target` is the path with its query. */
export interface Message {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface WireReply {
  readonly status: number;
  readonly location: string | undefined;
  readonly date: Date | undefined;
  readonly body: Uint8Array;
  readonly peer: PeerInfo | undefined;
}

/**
 * Sends one message to a route's own host on a connection of its own, and returns whatever status
 * came. Never follows, never repeats, uses no proxy but the route's. `timeoutMs` bounds the whole
 * call: name, connection, TLS and the last byte of the reply.
 * @throws VaultFailure.
 */
export async function send(
  route: Route,
  asked: Asked,
  message: Message,
  limits: { timeoutMs: number; closed: AbortSignal; sink?: Sink },
): Promise<WireReply> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort('time-limit'), limits.timeoutMs);
  const onClosed = () => stop.abort('closed');
  limits.closed.addEventListener('abort', onClosed);
  if (limits.closed.aborted) onClosed();
  try {
    const { socket, peer } = await dial(route, asked, stop.signal);
    try {
      return { ...(await exchange(socket, route, asked, message, stop.signal, limits.sink)), peer };
    } finally {
      socket.destroy();
    }
  } finally {
    clearTimeout(timer);
    limits.closed.removeEventListener('abort', onClosed);
  }
}

function exchange(
  socket: TLSSocket,
  route: Route,
  asked: Asked,
  message: Message,
  signal: AbortSignal,
  sink: Sink | undefined,
): Promise<Omit<WireReply, 'peer'>> {
  // From here on bytes leave: a failure may hide something that the server did.
  const where = { route, asked, stage: 'exchange', delivery: 'unknown', shown: [] } as const;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      host: route.host,
      port: route.port,
      defaultPort: 443,
      method: message.method,
      path: message.target,
      headers: message.headers,
    });
    const onAbort = () => {
      reject(interrupted(route, asked, signal, where.delivery));
      outgoing.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.on('error', (error) => reject(networkFailure(error, where)));
    outgoing.once('upgrade', () => reject(networkFailure(new Error('upgrade'), where)));
    outgoing.once('response', (reply) => {
      readBody(reply, reply.statusCode === 200 ? sink : undefined).then(
        (body) =>
          body === 'too-large'
            ? reject(tooLarge(asked, reply.statusCode ?? 0))
            : resolve({ ...headOf(reply), body }),
        (error: unknown) => reject(networkFailure(error, where)),
      );
    });
    outgoing.end(message.body);
    if (signal.aborted) onAbort();
  });
}

function headOf(reply: IncomingMessage): Pick<WireReply, 'status' | 'location' | 'date'> {
  const date = new Date(reply.headers.date ?? '');
  return {
    status: reply.statusCode ?? 0,
    location: reply.headers.location,
    date: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

async function readBody(
  reply: IncomingMessage,
  sink: Sink | undefined,
): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply) {
    if (!(chunk instanceof Uint8Array)) throw new Error('not bytes');
    if (sink) {
      await sink(chunk);
      continue;
    }
    size += chunk.length;
    if (size > biggestReply) return 'too-large';
    chunks.push(chunk);
  }
  if (!reply.complete) throw new Error('cut off');
  return Buffer.concat(chunks);
}

function tooLarge(asked: Asked, status: number): VaultFailure {
  return failure(
    asked,
    {
      code: 'vault.too-large',
      known: `${asked.address} sent a reply larger than 1 MiB. Vault sends nothing like that here.`,
      next: 'Check that this address is a Vault node and not something in front of it.',
    },
    { delivery: 'unknown', status },
  );
}
