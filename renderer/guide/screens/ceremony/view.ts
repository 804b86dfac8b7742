import { createContext, useContext } from 'react';
import type { Recorded } from '../../../../shared/ceremony/events.ts';
import type { CommandName } from '../../../../shared/ceremony/possible.ts';
import type { CeremonyState } from '../../../../shared/ceremony/state.ts';
import type { Surface } from '../../../../shared/contract/define.ts';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import type { Problem } from '../../../../shared/problem.ts';
import type { Go } from '../../app/place.ts';
import type { Activity } from '../../app/use-ceremony.ts';
import type { ShownStep } from './shown-step.ts';

/** What every part of the ceremony screen sees of the ceremony, whatever its phase. */
export interface CeremonyView {
  readonly id: CeremonyId;
  readonly state: CeremonyState;
  readonly records: readonly Recorded[];
  readonly info: AppInfo;
  readonly activity: Activity | undefined;
  readonly onHome: () => void;
  readonly go: Go;
  /** Whether the rules allow it now: every button asks here. */
  readonly can: (command: CommandName) => boolean;
  readonly isOpen: (surface: Surface) => boolean;
  readonly recheck: Recheck;
  /** The step on the screen. */
  readonly shown: ShownStep;
  /** Looks at an earlier step again, where that is still possible. `undefined`: back to the present. */
  readonly show: (step: ShownStep | undefined) => void;
}

/** Asking Vault again, and what it answered in a sentence. */
export interface Recheck {
  readonly run: () => void;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** Absent before the first answer, and once the ceremony has moved on from it. */
  readonly answer: { readonly at: number; readonly sentence: string } | undefined;
}

export const ViewContext = createContext<CeremonyView | undefined>(undefined);

/** The ceremony on the screen. Throws outside of `<ViewContext>`, which is a mistake in this program. */
export function useView(): CeremonyView {
  const view = useContext(ViewContext);
  if (!view) throw new Error('useView needs a ViewContext above it.');
  return view;
}
