import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { useWatchReading } from '../../../app/use-ceremony.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Elapsed } from '../../../components/Elapsed/Elapsed.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { primaryPhrase } from '../phrases.ts';
import { useView } from '../view.ts';
import { needsReason } from './Decoded.tsx';
import { FencingForm, useFencing } from './Fencing.tsx';
import { OtherWay } from './Way.tsx';
import { Timeline } from './Timeline.tsx';

/** Promote was sent. Nothing is asked of anybody; the nodes are read until one answers as primary. */
export function Watching({ state }: { state: StateIn<'promoting' | 'watching'> }) {
  const { id, can, recheck, activity, isOpen } = useView();
  const reading = useWatchReading(id);
  const open = useCall('surface.open-promote');
  const doubt = state.phase === 'watching' ? state.doubt : undefined;
  const isUnanswered = state.phase === 'promoting' && activity === undefined;
  const { name } = state.cluster;
  const fencing = useFencing(state);
  const reason = needsReason(state);
  if (doubt && fencing.changing && state.phase === 'watching')
    return <FencingForm state={state} fencing={fencing} />;

  return (
    <Step
      owner="Operator"
      title={titleOf(state, name)}
      lead={
        doubt || isUnanswered
          ? 'Promote is not sent again by itself. Watching the nodes tells whether it was carried out.'
          : `Promote was sent. Until ${name} answers as primary, nodes that cannot be reached are expected. Watching never gives up; it goes on while Keyturn is open.`
      }
      trouble={doubt}
      troubleTitle="The answer to promote"
      problem={open.problem}
      problemTitle="The promote page did not open"
      verb={
        isUnanswered
          ? {
              label: 'Check with Vault',
              onDo: recheck.run,
              busy: recheck.busy,
              closed: !can('recheck'),
            }
          : undefined
      }
      below={
        doubt && (
          <>
            <Disclosure title="Promote again">
              <p>
                Only when the nodes below have answered as DR secondary for some minutes: then the
                promote was most likely not carried out. It is confirmed anew by two people.
              </p>
              {reason && (
                <Notice tone="danger" title="The old primary answers as active now">
                  <p>
                    The statement about it no longer fits. Promote is closed until it gives the
                    reason to promote all the same.
                  </p>
                  <div>
                    <Button onPress={fencing.change}>State it again</Button>
                  </div>
                </Notice>
              )}
              <div>
                <Button
                  icon="flag"
                  busy={open.busy}
                  isDisabled={!can('promote') || reason}
                  onPress={() => void open.run({ id })}
                >
                  {isOpen('promote') ? 'Show the promote page' : 'Open the promote page again'}
                </Button>
              </div>
            </Disclosure>
            <OtherWay />
          </>
        )
      }
    >
      <Elapsed size="huge" label="Since promote was sent" since={state.promotion.firstSentAt} />
      <Timeline
        nodes={state.cluster.nodes}
        observations={state.observations}
        since={state.promotion.firstSentAt}
        reading={reading}
        awayIsExpected
      />
      {reading?.primary && (
        <Notice
          tone={reading.primary === 'answers-as-active' ? 'danger' : 'info'}
          title={primaryPhrase[reading.primary]}
        />
      )}
    </Step>
  );
}

function titleOf(state: StateIn<'promoting' | 'watching'>, name: string): string {
  if (state.phase === 'promoting') return `${name} is asked to promote`;
  return state.doubt ? `Was ${name} promoted?` : `${name} is coming back`;
}
