import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import type { PracticeSite } from '../../electron/practice/site.ts';
import { recordBytes } from '../../electron/transcript/export.ts';
import { verifyRecordBytes } from '../../electron/transcript/verify-file.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import type { App } from './app.ts';
import { sentTooOften } from './sends.ts';

/**
 * What must hold however a ceremony went, once it is over: nothing was sent twice, no secret is left
 * in the keychain, and the record is signed and verifies. Empty: it does.
 */
export async function faultsOf(
  app: App,
  site: PracticeSite,
  id: CeremonyId,
): Promise<readonly string[]> {
  const events = (await app.ceremonies.entries(id)).map(({ event }) => event);
  const secrets = new CeremonySecrets(app.keychain, id);
  const kept = await Promise.all([
    secrets.attempt(),
    secrets.encodedToken(),
    secrets.token('dr-operation-token'),
  ]);
  const { fingerprint } = await new RecordSigningKey(app.keychain).identity();
  const { verdict } = await verifyRecordBytes(await recordBytes({ ...app, id }), {
    trust: { fingerprints: [fingerprint], heads: [] },
  });
  return [
    ...sentTooOften(site.requests, events),
    ...(kept.some((secret) => secret !== undefined) ? ['a secret stayed in the keychain'] : []),
    ...(['intact', 'unchanged-with-remarks'].includes(verdict.kind)
      ? []
      : [`the record is ${verdict.kind}`]),
  ];
}
