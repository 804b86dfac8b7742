import { connect, createServer, type Server, type Socket } from 'node:net';
import { nodeAddressSchema, type NodeAddress } from '../../shared/ids.ts';
import { listen, loopback, trackSockets } from './listener.ts';

/** The address that clients of the cluster use: TCP passed through to the live nodes in turn. */
export class LoadBalancer {
  readonly address: NodeAddress;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>, port: number) {
    this.#server = server;
    this.#sockets = sockets;
    this.address = nodeAddressSchema.parse(`https://${loopback}:${port}`);
  }

  /** `livePorts` is asked anew for each connection. Throws `practice.not-running`. */
  static async open(livePorts: () => readonly number[]): Promise<LoadBalancer> {
    const server = createServer();
    const sockets = trackSockets(server);
    let turn = 0;
    server.on('connection', (client: Socket) => {
      const ports = livePorts();
      const port = ports[turn % Math.max(1, ports.length)];
      turn += 1;
      if (port === undefined) client.resetAndDestroy();
      else join(client, connect(port, loopback));
    });
    return new LoadBalancer(server, sockets, await listen(server, 0));
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** Two sockets that carry each other's bytes and end together. */
function join(client: Socket, node: Socket): void {
  node.on('error', () => client.destroy());
  node.on('close', () => client.destroy());
  client.on('close', () => node.destroy());
  client.pipe(node);
  node.pipe(client);
}
