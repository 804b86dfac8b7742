import {
  foundBeforeDemotion,
  primaryToSettle,
  saidWhyActive,
} from '../../../../../shared/ceremony/fencing.ts';
import type { Finding } from '../../../../../shared/ceremony/findings.ts';
import type { Preflight as Checked } from '../../../../../shared/ceremony/state.ts';
import { count, timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { FindingList } from '../../../components/FindingList/FindingList.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { ActivePrimary, useActivePrimary } from './ActivePrimary.tsx';
import { CancelFound } from './CancelFound.tsx';
import { ClaimFound } from './ClaimFound.tsx';
import { OldPrimary } from './OldPrimary.tsx';
import { TrustExpired } from './TrustExpired.tsx';
import { VaultToken } from './VaultToken.tsx';
import { OtherWay, Way } from './Way.tsx';

/** Looks at every node before anything is changed. A stop keeps the ceremony here. */
export function Preflight({ preflight }: { preflight: Checked | undefined }) {
  const { id, state, can, show } = useView();
  const call = useCall('ceremony.preflight');
  const check = () => void call.run({ id });
  const stopped = state.phase === 'preflight';
  const byBatchToken = !stopped && state.way?.way === 'batch-token';
  const { name } = state.cluster;
  const active = useActivePrimary();
  const toSettle = !stopped && primaryToSettle(state);
  const besides = saidWhyActive(state);

  if (!preflight)
    return (
      <Step
        owner="Operator"
        title={`Check ${name}`}
        lead="Every node is asked what it is, who leads, and whether an attempt is open. Nothing is changed on a server."
        problem={call.problem}
        problemTitle="The check did not finish"
        verb={{
          label: 'Check the cluster',
          onDo: check,
          busy: call.busy,
          closed: !can('preflight'),
        }}
      />
    );

  // Only an attempt needs that token: it is no matter of this way, unless the way is refused.
  const ofTokenAlone = byBatchToken ? preflight.findings.filter(asksForToken(preflight)) : [];
  // The notice of the demotion says what became of it.
  const over = foundBeforeDemotion(state);
  const shown = preflight.findings.filter(
    (finding) => !ofTokenAlone.includes(finding) && !(over && finding.id === 'primary'),
  );
  const again = {
    label: 'Check again',
    onDo: check,
    busy: call.busy,
    closed: !can('preflight'),
  };
  return (
    <Step
      owner="Operator"
      title={
        stopped
          ? 'Something is in the way'
          : toSettle
            ? 'The primary is still active'
            : 'Nothing stops the ceremony'
      }
      lead={leadOf({ ...preflight, findings: shown }, stopped)}
      problem={call.problem ?? active.problem}
      problemTitle={call.problem ? 'The check did not finish' : 'It was not done'}
      verb={
        stopped
          ? again
          : toSettle
            ? active.verb
            : {
                label: state.phase === 'roster' ? 'Go on to the people' : 'Go on to the start',
                onDo: () => show(state.phase === 'roster' ? 'people' : undefined),
              }
      }
      below={
        <>
          <Ways preflight={preflight} toSettle={toSettle} />
          <OtherWay />
        </>
      }
      ways={
        !stopped && (
          <Button busy={call.busy} isDisabled={!can('preflight')} onPress={check}>
            Check again
          </Button>
        )
      }
    >
      <Way />
      {stopped && preflight.found && <SomebodysAttempt />}
      {preflight.tokenNeeded && !byBatchToken && <VaultToken />}
      {toSettle && <ActivePrimary handle={active} />}
      <FindingList findings={shown} />
      {!toSettle && besides && (
        <Notice tone="warning" title={besides.what}>
          <p>
            {besides.agreedBy} decided it at {timeOfDay(besides.at)}: {besides.why}
          </p>
        </Notice>
      )}
      {preflight.tokenNeeded && byBatchToken && (
        <Disclosure title="If the batch token were refused: a Vault token for the ceremony">
          <FindingList findings={ofTokenAlone} />
          <VaultToken />
        </Disclosure>
      )}
    </Step>
  );
}

/** The attempt was not read, because a Vault token is asked for that is not there. */
const asksForToken =
  ({ tokenNeeded, required }: Checked) =>
  ({ id, level }: Finding): boolean =>
    id === 'attempt' && level === 'stop' && tokenNeeded && required === undefined;

/** What can be done about a finding from here. */
function Ways({
  preflight: { found, findings, primary },
  toSettle,
}: {
  preflight: Checked;
  toSettle: boolean;
}) {
  const { state } = useView();
  const expired = findings.flatMap((finding) => (finding.expired ? [finding.expired] : []));
  return (
    <>
      {expired.map((one) => (
        <TrustExpired key={one.node} expired={one} />
      ))}
      {found && <ClaimFound nonce={found} />}
      {found && <CancelFound nonce={found} />}
      {(primary === 'answers-as-active' || state.demotion) && <OldPrimary demote={!toSettle} />}
    </>
  );
}

function leadOf({ findings, at }: Checked, stopped: boolean): string {
  const stops = findings.filter((finding) => finding.level === 'stop').length;
  const others = findings.filter(({ level }) => level === 'warning' || level === 'unknown').length;
  const when = `Checked at ${timeOfDay(at)}.`;
  if (stops > 0 && !stopped)
    return `The batch token needs no attempt: what would stop one does not stop this way. ${when}`;
  if (stops > 0)
    return `${count(stops, 'finding')} ${stops === 1 ? 'stops the ceremony. It' : 'stop the ceremony. Each'} says what to do. ${when}`;
  if (stopped)
    return `It is not known which node leads, so the attempt has no place to stay. ${when}`;
  return others > 0
    ? `${count(others, 'finding')} to read before going on. ${when}`
    : `Everything that was looked at is fine. ${when}`;
}

function SomebodysAttempt() {
  return (
    <Notice tone="danger" title="An attempt is already open on the server">
      <p>
        A share given now makes a token for whoever started that attempt. Ask in the room and on the
        phone whose it is.
      </p>
      <ul>
        <li>
          Somebody’s: they finish it or cancel it. Where they are known and heard by voice, it can
          be joined, below.
        </li>
        <li>Left over, and nobody uses it: it can be cancelled, below.</li>
        <li>
          Nobody knows of it: it may be somebody’s attempt to get in. Tell the security officer.
        </li>
      </ul>
      <p>Then check the cluster again.</p>
    </Notice>
  );
}
