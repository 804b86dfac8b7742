import { useEffect, useMemo, useRef, useState } from 'react';
import type { Recorded } from '../../../../shared/ceremony/events.ts';
import { possible } from '../../../../shared/ceremony/possible.ts';
import type { CeremonyState } from '../../../../shared/ceremony/state.ts';
import type { Surface } from '../../../../shared/contract/define.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { useActivity } from '../../app/use-ceremony.ts';
import { usePush } from '../../app/use-push.ts';
import { useCall } from '../../app/use-call.ts';
import { Shell } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Aside } from './aside/Aside.tsx';
import type { CeremonyProps } from './Ceremony.tsx';
import styles from './Ceremony.module.css';
import { Alarm } from './frame/Alarm.tsx';
import { Announcer } from './frame/Announcer.tsx';
import { Bar } from './frame/Bar.tsx';
import { Rail } from './frame/Rail.tsx';
import { canShow, stepOf, type ShownStep } from './shown-step.ts';
import { Now } from './steps/Now.tsx';
import { ViewContext, type CeremonyView, type Recheck } from './view.ts';

interface RunningProps extends CeremonyProps {
  readonly state: CeremonyState;
  readonly records: readonly Recorded[];
  /** The record could be folded, but not read again. */
  readonly trouble: Problem | undefined;
}

/** The frame of a ceremony whose record is known: bar, rail, the one step, and what stands beside it. */
export function Running({ id, info, onHome, go, state, records, trouble }: RunningProps) {
  const activity = useActivity(id);
  const recheck = useRecheck(state);
  const isOpen = useOpenSurfaces();
  const [shown, show] = useShown(state);
  const can = useMemo(() => {
    const allowed = new Set(possible(state));
    return (command: Parameters<CeremonyView['can']>[0]) => allowed.has(command);
  }, [state]);

  const view: CeremonyView = {
    id,
    state,
    records,
    info,
    activity,
    onHome,
    go,
    can,
    isOpen,
    recheck,
    shown,
    show,
  };
  return (
    <ViewContext value={view}>
      <Announcer />
      <Alarm />
      <Shell bar={<Bar />} railLabel="Steps" rail={<Rail shown={shown} />}>
        <div className={styles.column}>
          {trouble && <ProblemBox problem={trouble} title="The record could not be read again" />}
          <Now key={shown} shown={shown} />
          <Aside />
        </div>
      </Shell>
    </ViewContext>
  );
}

/** The step on the screen: the present one, unless a person looks back. Moving on ends looking back. */
function useShown(state: CeremonyState): [ShownStep, (step: ShownStep | undefined) => void] {
  const [looking, setLooking] = useState<{ step: ShownStep; from: string }>();
  // A good preflight is shown before the next step, so that its warnings are read.
  const present = state.phase === 'roster' ? 'preflight' : stepOf(state);
  const chosen =
    looking?.from === state.phase && canShow(state, looking.step) ? looking.step : present;
  const show = (step: ShownStep | undefined) =>
    setLooking(step ? { step, from: state.phase } : undefined);
  return [chosen, show];
}

function useRecheck(state: CeremonyState): Recheck {
  const call = useCall('ceremony.recheck');
  const [answer, setAnswer] = useState<{ at: number; sentence: string; where: string }>();
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);

  const run = () => {
    setAnswer(undefined);
    void call.run({ id: state.id }).then((result) => {
      if (!result.ok) return;
      const where = placeOf(latest.current);
      setAnswer({ at: Date.now(), sentence: result.value.sentence, where });
    });
  };
  const current = answer?.where === placeOf(state) ? answer : undefined;
  return { run, busy: call.busy, problem: call.problem, answer: current };
}

/** What an answer of Vault was about: it is shown until the ceremony moves on from there. */
const placeOf = (state: CeremonyState): string =>
  'attempt' in state
    ? `${state.phase} ${state.attempt.round} ${state.attempt.progress}`
    : state.phase;

function useOpenSurfaces(): (surface: Surface) => boolean {
  const [open, setOpen] = useState<readonly Surface[]>([]);
  usePush('surface.state', (push) =>
    setOpen((known) => [
      ...known.filter((surface) => surface !== push.surface),
      ...(push.open ? [push.surface] : []),
    ]),
  );
  return (surface) => open.includes(surface);
}
