import { demotedHere } from '../../../../../shared/ceremony/fencing.ts';
import { doorIsDue } from '../../../../../shared/ceremony/in-force.ts';
import type { BatchToken } from '../../../../../shared/ceremony/ways.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { dayAndTime, timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { doubtPhrase, primaryPhrase } from '../phrases.ts';
import { useView } from '../view.ts';
import { CloseDoor } from './CloseDoor.tsx';
import { OtherWay } from './Way.tsx';
import { DeleteToken } from './DeleteToken.tsx';
import { FencingForm, useFencing } from './Fencing.tsx';
import { LeavingToken } from './LeavingToken.tsx';

/** The token is in the keychain. Either the old primary is fenced and promote follows, or it is left. */
export function Decoded({ state }: { state: StateIn<'decoded'> }) {
  const fencing = useFencing(state);
  if (doorIsDue(state)) return <CloseDoor />;
  if (state.token.fate.kind !== 'kept') return <LeavingToken state={state} />;
  const asked = !state.fencing && !demotedHere(state);
  if (asked || fencing.changing || needsReason(state))
    return <FencingForm state={state} fencing={fencing} />;
  return <ToPromote state={state} onChange={fencing.change} />;
}

/** The primary was seen as active since the statement, and no reason stands there. */
export const needsReason = ({
  fencing,
  primary,
}: Pick<StateIn<'decoded'>, 'fencing' | 'primary'>): boolean =>
  primary?.seen === 'answers-as-active' && !fencing?.reason;

export function ToPromote({
  state,
  onChange,
}: {
  state: StateIn<'decoded' | 'armed'>;
  onChange: () => void;
}) {
  const { id, can, isOpen } = useView();
  const open = useCall('surface.open-promote');
  const { refused, fencing, cluster } = state;
  const isCatchingUp = refused?.code === 'vault.catching-up';

  return (
    <Step
      owner="Operator and second person"
      title={refused ? 'Vault refused the promote' : `Promote ${cluster.name}`}
      lead={
        refused
          ? isCatchingUp
            ? 'The secondary is still catching up with what the primary sent. It is not sealed, and nothing was changed.'
            : 'The cluster is as it was before, and the token is still good.'
          : 'On its own page: what will happen, what the server says it is, the cluster’s name, a second person. Then promote is sent, once.'
      }
      trouble={refused}
      troubleTitle="What Vault said"
      problem={open.problem}
      problemTitle="The promote page did not open"
      verb={{
        label: isOpen('promote')
          ? 'Show the promote page'
          : refused
            ? 'Open the promote page again'
            : 'Open the promote page',
        icon: 'flag',
        onDo: () => void open.run({ id }),
        busy: open.busy,
        closed: !can('promote'),
      }}
      below={<BeforePromote />}
    >
      {isOpen('promote') && (
        <Notice title="The promote page is open in its own window" announce>
          <p>Operator and second person read it together. This page goes on by itself.</p>
        </Notice>
      )}
      {isCatchingUp && (
        <Notice title="Two ways on">
          <p>
            Wait a few minutes, then confirm again on the promote page: nothing is lost by waiting
            but time. The other way is there too: to force the promote, which loses what has not
            arrived, and which a second person accepts in writing.
          </p>
        </Notice>
      )}
      {'token' in state ? (
        <Doubts doubts={state.token.doubts} />
      ) : (
        <TokenInHand token={state.batchToken} />
      )}
      {!fencing && state.demotion && (
        <p>
          The old primary was demoted from here at {timeOfDay(state.demotion.at)}. It is looked at
          again before promote is sent.
        </p>
      )}
      {fencing && (
        <Stack gap="tight">
          <h2>How the old primary is kept away</h2>
          <Facts
            facts={[
              ['Seen from here', primaryPhrase[fencing.primary]],
              ['Kept away', fencing.how],
              ['Confirmed by', fencing.confirmedBy],
              ...(fencing.reason ? [['Promote all the same', fencing.reason] as const] : []),
            ]}
          />
          <div>
            <Button kind="plain" isDisabled={!can('state-fencing')} onPress={onChange}>
              Change the statement
            </Button>
          </div>
        </Stack>
      )}
    </Step>
  );
}

/** Which batch token it is, and what is not to be done with it. */
export function TokenInHand({ token }: { token: BatchToken }) {
  return (
    <Facts
      facts={[
        ['Batch token', token.label],
        ['Valid until', token.expiresAt ? dayAndTime(token.expiresAt) : 'not known here'],
      ]}
    />
  );
}

/** The quiet ways out before promote: whichever this credential has. */
export function BeforePromote() {
  return (
    <>
      <Leave />
      <OtherWay />
    </>
  );
}

/** A token that looks wrong warns and never blocks: Vault promises no form. */
export function Doubts({ doubts }: { doubts: readonly string[] }) {
  if (doubts.length === 0) return null;
  return (
    <Notice tone="warning" title="The decoded token looks unusual">
      {doubts.map((doubt) => (
        <p key={doubt}>{doubtPhrase(doubt)}</p>
      ))}
      <p>
        A wrong OTP gives such a text and no error. It may still be right: Vault promises no form.
        If Vault answers “permission denied” to it, the OTP was another one.
      </p>
    </Notice>
  );
}

/** The quiet way out before promote: the token is deleted on the server first. */
export function Leave() {
  const { can } = useView();
  if (!can('delete-token')) return null;
  return (
    <Disclosure title="Leave without promoting">
      <p>
        A DR operation token without expiry exists now. Leaving deletes it on the server first, then
        here. After that a promote needs a new ceremony.
      </p>
      <DeleteToken label="Delete the token and leave" danger />
    </Disclosure>
  );
}
