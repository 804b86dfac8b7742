import type { ShownStep } from '../shown-step.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useView } from '../view.ts';
import { Aftercare } from './Aftercare.tsx';
import { Arm, Armed } from './Arm.tsx';
import { Collecting } from './Collecting.tsx';
import { Complete } from './Complete.tsx';
import { Decoded } from './Decoded.tsx';
import { Ended } from './Ended.tsx';
import { OpenDoor } from './OpenDoor.tsx';
import { People } from './People.tsx';
import { Preflight } from './Preflight.tsx';
import { Gone, Superseded } from './Slipped.tsx';
import { Start, Starting } from './Start.tsx';
import { Watching } from './Watching.tsx';

/** The one step on the screen: the present one, or an earlier one that is looked at again. */
export function Now({ shown }: { shown: ShownStep }) {
  const { state } = useView();
  switch (state.phase) {
    case 'preflight':
      if (state.way?.way === 'break-glass') return <OpenDoor state={state} />;
      return <Preflight preflight={state.preflight} />;
    case 'roster':
      return shown === 'people' ? (
        <People state={state} />
      ) : (
        <Preflight preflight={state.preflight} />
      );
    case 'ready':
      if (shown === 'preflight') return <Preflight preflight={state.preflight} />;
      return shown === 'people' ? <People state={state} /> : toStart(state);
    case 'starting':
      return <Starting state={state} />;
    case 'collecting':
      return <Collecting state={state} />;
    case 'superseded':
      return <Superseded state={state} />;
    case 'gone':
      return <Gone state={state} />;
    case 'complete':
      return <Complete state={state} />;
    case 'armed':
      return <Armed state={state} />;
    case 'decoded':
      return <Decoded state={state} />;
    case 'promoting':
    case 'watching':
      return <Watching state={state} />;
    case 'aftercare':
      return <Aftercare state={state} />;
    case 'ended':
      return <Ended state={state} />;
  }
}

const toStart = (state: StateIn<'ready'>) =>
  state.way?.way === 'batch-token' ? <Arm state={state} /> : <Start state={state} />;
