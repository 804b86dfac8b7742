import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { nodeAddressSchema, type NodeAddress } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Identity } from './certificates.ts';

export const loopback = '127.0.0.1';

export interface ListenerOptions {
  readonly identity: Identity;
  readonly caPem: string;
  readonly serve: (
    address: NodeAddress,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ) => Promise<void>;
  /** Asked for every new connection: whether to reset it unheard. */
  readonly refuses: (address: NodeAddress) => boolean;
}

/** One node's port: TLS 1.2 or newer on loopback, closed to whoever lacks this run's client certificate. */
export class Listener {
  readonly address: NodeAddress;
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #caPem: string;
  #up = true;

  private constructor(server: Server, sockets: Set<Socket>, port: number, caPem: string) {
    this.#server = server;
    this.#sockets = sockets;
    this.#caPem = caPem;
    this.port = port;
    this.address = nodeAddressSchema.parse(`https://${loopback}:${port}`);
  }

  /** Throws `practice.not-running` when no port can be opened. */
  static async open(options: ListenerOptions): Promise<Listener> {
    const { identity, caPem } = options;
    const server = createServer({
      ...secureContext(identity, caPem),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const sockets = trackSockets(server);
    const listener = new Listener(server, sockets, await listen(server, 0), caPem);
    server.on('connection', (socket: Socket) => {
      if (options.refuses(listener.address)) socket.resetAndDestroy();
    });
    server.on('request', (incoming, outgoing) => {
      // A fault of the practice's own ends one connection, never the app around it.
      options.serve(listener.address, incoming, outgoing).catch(() => incoming.socket.destroy());
    });
    return listener;
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** Every connection ends here and now, busy or not. */
  drop(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections that wait for their next request end; busy ones may finish. */
  dropIdle(): void {
    this.#server.closeIdleConnections();
  }

  /** The process is gone: nothing listens on the port. */
  async down(): Promise<void> {
    if (!this.#up) return;
    this.#up = false;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
  }

  /** Listens again, on the same port. */
  async up(): Promise<void> {
    if (this.#up) return;
    await listen(this.#server, this.port);
    this.#up = true;
  }

  /** Shows another certificate from the next connection on; open ones are dropped. */
  show(identity: Identity): void {
    this.#server.setSecureContext(secureContext(identity, this.#caPem));
    this.drop();
  }
}

const secureContext = (
  identity: Identity,
  caPem: string,
): { cert: string; key: string; ca: string; minVersion: 'TLSv1.2' } => ({
  cert: identity.certPem,
  key: identity.keyPem,
  ca: caPem,
  minVersion: 'TLSv1.2',
});

/** The sockets that are open on a server right now. */
export function trackSockets(server: TcpServer): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A reset by the other side is everyday life here; without a listener it would end the process.
    socket.on('error', () => undefined);
  });
  return sockets;
}

/** Opens `port` (0: any) on loopback and gives the port. Throws `practice.not-running`. */
export async function listen(server: TcpServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    throw notRunning(error instanceof Error ? error.message : '');
  });
  const bound = server.address();
  if (!isAddressInfo(bound)) throw notRunning('');
  return bound.port;
}

const isAddressInfo = (bound: AddressInfo | string | null): bound is AddressInfo =>
  bound !== null && typeof bound !== 'string';

const notRunning = (reason: string): Trouble =>
  new Trouble({
    code: 'practice.not-running',
    known: 'The practice clusters could not open a port on this machine.',
    safe: 'No real cluster is involved.',
    next: 'Close programs that hold many connections, then start the practice again.',
    facts: { reason },
  });
