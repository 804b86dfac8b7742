import { join } from 'node:path';
import { Ceremonies } from '../../electron/ceremony/ceremonies.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { hashOfScript, readScript } from '../../electron/script-file.ts';
import { openSettings } from '../../electron/settings.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { eventSchema, type CeremonyEvent } from '../../shared/ceremony/events.ts';
import { profileIdSchema } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import type { SiteFacts } from './messages.ts';

export const profileId = profileIdSchema.parse('matrix-cluster');
export const clusterName = 'Matrix';

export interface App {
  readonly dataFolder: string;
  readonly ceremonies: Ceremonies;
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  readonly keychain: OsKeychain;
  /** The operator's, in memory for as long as this app runs. */
  vaultToken: Secret<'vault-token'> | undefined;
}

/** Everything of the app but its windows, as `startApp` puts it together, on a site that may be elsewhere. */
export function openApp(dataFolder: string, site: SiteFacts): App {
  const keychain = new OsKeychain({ dataFolder });
  const store = new JournalStore(join(dataFolder, 'records'), eventSchema);
  const signatures = new RecordSignatures(store, new RecordSigningKey(keychain));
  const tls = { caPem: site.caPem };
  const { settings } = openSettings(dataFolder);
  const app: App = {
    dataFolder,
    store,
    signatures,
    keychain,
    vaultToken: undefined,
    ceremonies: new Ceremonies({
      store,
      signatures,
      appVersion: '0.0.0-test',
      keychain: () => keychain,
      memoryAgreedBy: () => undefined,
      cluster: () => ({
        profileId,
        kind: 'practice',
        name: clusterName,
        colour: 'slate',
        nodes: [...site.nodes],
        primaryNodes: [site.primary],
        seal: 'shamir',
      }),
      connect: (_profile, options) =>
        Connection.open(
          { nodes: [...site.nodes], primaryNodes: [site.primary], tls },
          { ...options, clientCertificate: site.client },
        ),
      site: () => ({ clientAddress: site.balancer, others: [] }),
      connectToClients: () =>
        Connection.open(
          { nodes: [site.balancer], primaryNodes: [], tls },
          { clientCertificate: site.client },
        ),
      dataFolder,
      wayBack: () => undefined,
      lastComparison: (profile) => settings.profile(profile).lastComparison,
      keepComparison: (profile, read) => void settings.setLastComparison(profile, read),
      vaultToken: () => app.vaultToken,
      script: async () => {
        const script = await readScript(dataFolder);
        return { script, hash: hashOfScript(script) };
      },
      audience: {
        recorded: () => undefined,
        doing: () => undefined,
        reading: () => undefined,
        expired: () => undefined,
      },
    }),
  };
  return app;
}

/** The operator enters a Vault token: it is never kept. */
export function enterToken(app: App, site: SiteFacts): void {
  app.vaultToken = Secret.of('vault-token', site.rootToken);
}
