import { count } from '../../../app/time.ts';
import { useExpired } from '../../../app/use-expired.ts';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { hostOf } from '../phrases.ts';
import { TrustExpired } from '../steps/TrustExpired.tsx';
import { useView } from '../view.ts';

/**
 * A certificate that expired in the middle of the ceremony, with the one way past it: shown above
 * whatever step it stopped. At preflight it is one of the findings.
 */
export function ExpiredNow() {
  const { id, can, shown } = useView();
  const leaves = useExpired(id);
  if (leaves.length === 0 || shown === 'preflight' || !can('trust-certificate')) return null;
  return (
    <Stack>
      <Notice
        tone="danger"
        title={`${count(leaves.length, 'certificate')} ${leaves.length === 1 ? 'has' : 'have'} expired: ${leaves.map(({ node }) => hostOf(node)).join(', ')}`}
        announce
      >
        <p>
          Nothing is sent there until it is replaced, or until two people trust exactly the one that
          is shown. What was given so far stays as it is.
        </p>
      </Notice>
      {leaves.map((one) => (
        <TrustExpired key={`${one.node} ${one.leaf}`} expired={one} />
      ))}
    </Stack>
  );
}
