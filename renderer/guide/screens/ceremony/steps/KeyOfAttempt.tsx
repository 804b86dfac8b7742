import type { PgpKey } from '../../../../../shared/pgp/key.ts';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Fingerprint } from '../../../components/Fingerprint/Fingerprint.tsx';

/** PGP mode while shares are given: to whom the token will be readable. */
export function KeyOfAttempt({ pgpKey }: { pgpKey: PgpKey }) {
  return (
    <Disclosure title="The key that will read the token">
      <p>
        Vault reports this fingerprint for the attempt; it is compared each time Vault is asked, and
        where it differs no share is given.
        {pgpKey.from === 'app'
          ? ' Keyturn made the key and keeps it on this laptop: if the laptop dies, the attempt ends with it.'
          : ' The private half is with its owner: it is needed once, after the last share.'}
      </p>
      <Fingerprint fingerprint={pgpKey.fingerprint} userIds={pgpKey.userIds} />
    </Disclosure>
  );
}
