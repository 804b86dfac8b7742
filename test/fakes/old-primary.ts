import type { ServerResponse } from 'node:http';
import { json, listen, type Listening, type Seen } from './https.ts';
import { TestAuthority } from './tls.ts';

/** How the old primary takes a demotion. */
export type Demotes = 'at-once' | 'reply-lost' | 'lost-before' | 'refuses';

/** An old primary that is alive: what the app reads of it, and a demotion that goes as told. */
export class OldPrimary {
  readonly caPem: string;
  readonly #server: Listening;
  mode: 'primary' | 'secondary' = 'primary';
  demotes: Demotes = 'at-once';
  lastDrWal = 4_213;
  version = '1.21.4+ent';
  clusterId: string;

  private constructor(server: Listening, caPem: string, clusterId: string) {
    this.#server = server;
    this.caPem = caPem;
    this.clusterId = clusterId;
  }

  static async start(clusterId: string): Promise<OldPrimary> {
    const authority = await TestAuthority.create('CN=The old primary’s CA');
    const server = await listen(await authority.issue(), (seen, response) =>
      primary.answer(seen, response),
    );
    const primary: OldPrimary = new OldPrimary(server, authority.caPem, clusterId);
    return primary;
  }

  get address() {
    return this.#server.address;
  }

  /** Every token that was sent here. */
  get tokens(): readonly string[] {
    return this.#server.seen.flatMap(({ headers }) => headers['x-vault-token'] ?? []);
  }

  /** What was asked here, without its `/v1/`. */
  get asked(): readonly string[] {
    return this.#server.seen.map(({ url }) => url.replace(/^\/v1\/|\?.*$/g, ''));
  }

  /** The demotions that arrived, with the token each carried. */
  get demotions(): readonly string[] {
    return this.#server.seen
      .filter(({ url }) => url.endsWith('/dr/primary/demote'))
      .map(({ headers }) => String(headers['x-vault-token']));
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  private answer({ url }: Seen, response: ServerResponse): void {
    if (url.startsWith('/v1/sys/health'))
      return json(response, 200, {
        initialized: true,
        sealed: false,
        standby: false,
        replication_dr_mode: this.mode,
        server_time_utc: Math.floor(Date.now() / 1000),
        version: this.version,
        cluster_id: this.clusterId,
      });
    if (url === '/v1/sys/replication/dr/status')
      return json(response, 200, {
        data: {
          mode: this.mode,
          cluster_id: this.clusterId,
          state: 'running',
          last_dr_wal: this.lastDrWal,
        },
      });
    if (url !== '/v1/sys/replication/dr/primary/demote')
      return json(response, 404, { errors: ['unsupported path'] });
    switch (this.demotes) {
      case 'refuses':
        return json(response, 403, { errors: ['permission denied'] });
      case 'lost-before':
        response.socket?.destroy();
        return;
      case 'reply-lost':
        this.mode = 'secondary';
        response.socket?.destroy();
        return;
      case 'at-once':
        this.mode = 'secondary';
        return json(response, 200, {
          warnings: ['This cluster is being demoted to a replication secondary.'],
        });
    }
  }
}
