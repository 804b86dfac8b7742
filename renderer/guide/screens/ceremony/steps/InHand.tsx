import { useState } from 'react';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { dayAndTime } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step, type Verb } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { Doubts } from './Decoded.tsx';
import { HandOver } from './HandOver.tsx';
import { KeepToken } from './KeepToken.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';
import { ShowBeside, ShowFields, showLabel, useShowRoot } from './ShowRoot.tsx';
import { TokenFate } from './TokenFate.tsx';

/** A root token is in the keychain: it is shown to whoever uses it, and revoked before anybody leaves. */
export function InHand({ state }: { state: StateIn<'in-hand'> }) {
  const { id, can, recheck, activity, isOpen } = useView();
  const asked = useShowRoot(state);
  const revoke = useCall('ceremony.delete-token');
  const end = useCall('ceremony.end');
  const [asking, setAsking] = useState(false);
  const { token, stored, shown } = state;
  const { fate } = token;
  const isSettled = can('end');
  const isHere = fate.kind === 'kept' || fate.kind === 'not-deleted';
  const isUnseen = fate.kind === 'kept' && !shown;
  const isOnScreen = isHere && isOpen('secret-entry');
  const runRevoke = () => void revoke.run({ id });

  return (
    <Step
      owner="Operator"
      title={isSettled ? 'The root token is settled' : 'Use the root token, then revoke it'}
      lead={
        isSettled
          ? 'Nothing is left to do on the server.'
          : `It opens everything on this server and never expires. ${
              isUnseen
                ? 'It is in the keychain, and nobody has seen it yet.'
                : stored
                  ? 'It stays in the keychain until it is revoked.'
                  : 'Once it was used it is revoked, before anybody leaves.'
            }`
      }
      problem={asked.problem ?? revoke.problem ?? end.problem}
      problemTitle="That did not work"
      verb={verb()}
      below={
        isHere && (
          <>
            {!isUnseen && (
              <ShowBeside title={shown ? 'Show it again' : 'Show it first'} asked={asked} />
            )}
            <KeepToken />
            <HandOver />
            {isUnseen && (
              <Row>
                <Button
                  icon="trash"
                  isDisabled={!can('delete-token') || isOnScreen}
                  onPress={() => setAsking(true)}
                >
                  Revoke it unseen
                </Button>
              </Row>
            )}
          </>
        )
      }
    >
      <TokenFate token={token} />
      {isHere && <Doubts doubts={token.doubts} />}
      {isHere && stored && (
        <Notice tone="warning" title={`${stored.owner} revokes it by ${dayAndTime(stored.until)}`}>
          <p>Why it is kept: {stored.why}</p>
          <p>
            Home reminds of it. “Stop safely” leaves it in the keychain; this ceremony closes once
            it is revoked.
          </p>
        </Notice>
      )}
      {shown && (
        <p>
          It was shown {shown.times === 1 ? 'once' : `${shown.times} times`}, last to {shown.to} on{' '}
          {dayAndTime(shown.at)}.
        </p>
      )}
      {isUnseen && <ShowFields fields={asked.fields} />}
      {isOnScreen && (
        <Notice title="Its page is open in a window of its own" announce>
          <p>
            Close that page once the token was used or written down. Until then nothing is revoked
            here.
          </p>
        </Notice>
      )}
      {asking && isHere && (
        <RevokeDialog
          state={state}
          onClose={() => setAsking(false)}
          onRevoke={() => {
            setAsking(false);
            runRevoke();
          }}
        />
      )}
    </Step>
  );

  function verb(): Verb | undefined {
    if (isSettled)
      return { label: 'Close the ceremony', onDo: () => void end.run({ id }), busy: end.busy };
    if (fate.kind === 'deleting')
      return activity
        ? undefined
        : { label: 'Check with Vault', onDo: recheck.run, busy: recheck.busy };
    if (isUnseen)
      return {
        label: showLabel,
        icon: 'eye',
        onDo: asked.show,
        busy: asked.busy,
        closed: !can('show-token'),
      };
    return {
      label: fate.kind === 'kept' ? 'Revoke the root token' : 'Try to revoke it again',
      icon: 'trash',
      onDo: stored && fate.kind === 'kept' ? () => setAsking(true) : runRevoke,
      busy: revoke.busy,
      closed: !can('delete-token') || isOnScreen,
    };
  }
}
