import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { nodeAddressSchema, type NodeAddress } from '../../shared/ids.ts';
import type { Identity } from './tls.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void;

/** A listening server that remembers who came. */
export interface Listening {
  readonly address: NodeAddress;
  readonly port: number;
  /** Requests read to their end. */
  readonly seen: readonly Seen[];
  /** TCP connections, also those that never sent anything. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** An HTTPS server on loopback, answering as told. */
export async function listen(
  identity: Identity,
  answer: Answer,
  options: ServerOptions = {},
): Promise<Listening> {
  const seen: Seen[] = [];
  const server = createHttps(
    { cert: identity.certPem, key: identity.keyPem, ...options },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const one: Seen = {
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        };
        seen.push(one);
        answer(one, response, request);
      });
    },
  );
  const { port, connections, close } = await open(server);
  return { address: addressAt(port), port, seen, connections, close };
}

/** Listens on a free loopback port; closing cuts every connection. */
export async function open(
  server: Server,
): Promise<{ port: number; connections: () => number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.address()),
    connections: () => count,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export const addressAt = (port: number, host = '127.0.0.1'): NodeAddress =>
  nodeAddressSchema.parse(`https://${host}:${port}`);

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}
