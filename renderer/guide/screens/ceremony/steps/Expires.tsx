import type { BatchToken } from '../../../../../shared/ceremony/ways.ts';
import { dayAndTime } from '../../../app/time.ts';
import { Notice } from '../../../components/Notice/Notice.tsx';

/** A batch token has no end but its expiry: Vault can neither revoke nor delete it. */
export function Expires({ token }: { token: BatchToken }) {
  return (
    <Notice tone="good" title="Nothing is to be deleted on the server">
      <p>
        Promote went with the batch token “{token.label}”. Vault cannot revoke a batch token: it
        ends {token.expiresAt ? `at ${dayAndTime(token.expiresAt)}` : 'when it expires'}, and until
        then it stays in this laptop’s keychain.
      </p>
    </Notice>
  );
}
