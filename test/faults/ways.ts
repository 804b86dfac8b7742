import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { BatchTokens } from '../../electron/keychain/batch-tokens.ts';
import { PracticeSite } from '../../electron/practice/site.ts';
import { defaults } from '../../electron/settings-schema.ts';
import { Secret } from '../../shared/secret.ts';
import { batchToken, drPolicy, writePolicy } from '../integration/practice-client.ts';
import { clusterName, profileId } from './app.ts';
import type { SiteFacts, WayName } from './messages.ts';

export interface Way {
  readonly title: string;
  readonly version: '1.21.4' | '2.0.1';
  /** The primary still works when the ceremony is opened. */
  readonly primaryAlive: boolean;
  readonly keepsBatchToken: boolean;
  /** The operator has a Vault token for the attempt. */
  readonly hasVaultToken: boolean;
}

export const ways: Readonly<Record<WayName, Way>> = {
  'ceremony-1': way('Ceremony, Vault 1.x'),
  'ceremony-2': way('Ceremony, Vault 2.x with a Vault token', {
    version: '2.0.1',
    hasVaultToken: true,
  }),
  pgp: way('Ceremony in PGP mode, Vault 1.x'),
  batch: way('Batch token, Vault 1.x', { keepsBatchToken: true }),
  'break-glass': way('Break glass, Vault 2.x', { version: '2.0.1' }),
  planned: way('Planned failover with a batch token, and the old primary re-attached, Vault 2.x', {
    version: '2.0.1',
    primaryAlive: true,
    keepsBatchToken: true,
  }),
};

function way(title: string, more: Partial<Way> = {}): Way {
  return {
    title,
    version: '1.21.4',
    primaryAlive: false,
    keepsBatchToken: false,
    hasVaultToken: false,
    ...more,
  };
}

/** A site as this way meets it; in this data folder and its keychain what was kept by day. */
export async function startSite(name: WayName, dataFolder: string): Promise<PracticeSite> {
  const { version, primaryAlive, keepsBatchToken } = ways[name];
  const site = await PracticeSite.start({ outageMs: 1_000, version });
  await keepProfile(site, dataFolder);
  if (keepsBatchToken) {
    await writePolicy(site, 'dr', drPolicy);
    const text = await batchToken(site, { policies: ['dr'], ttl: '1h' });
    const now = Date.now();
    const kept = new BatchTokens(new OsKeychain({ dataFolder }));
    await kept.keep(Secret.of('batch-token', text), {
      profileId,
      label: 'Night shift',
      source: 'issued',
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 3_600_000).toISOString(),
      policies: ['dr'],
    });
  }
  if (!primaryAlive) await site.faults.primaryDown();
  return site;
}

/** The cluster's profile: what a preflight compares is kept there. */
async function keepProfile(site: PracticeSite, dataFolder: string): Promise<void> {
  const profile = {
    id: profileId,
    kind: 'real',
    name: clusterName,
    colour: 'slate',
    nodes: site.nodes,
    primaryNodes: [site.primary],
    seal: 'shamir',
    tls: { caPem: site.caPem },
  };
  const settings = { ...defaults, profiles: [profile] };
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(settings));
}

export const factsOf = (site: PracticeSite): SiteFacts => ({
  nodes: [...site.nodes],
  primary: site.primary,
  balancer: site.loadBalancer,
  caPem: site.caPem,
  client: { ...site.clientCertificate },
  shares: site.shares.map((share) => share.expose()),
  rootToken: site.rootToken.expose(),
});
