import type { CeremonyId } from '../ids.ts';
import type { Deviation } from '../transcript/rules.ts';
import type { Opened, PartEventOf } from './events.ts';

/** What a part's events add up to. */
export interface PartState {
  readonly phase: 'open' | 'ended';
  readonly id: CeremonyId;
  readonly cluster: PartEventOf<'part.opened'>['cluster'];
  /** The one on the desk. */
  readonly invitation: Omit<PartEventOf<'invitation.read'>, 'type'> | undefined;
  /** Who sealed a share here, each once. */
  readonly sealedBy: readonly string[];
  readonly opened: Opened | undefined;
  readonly otpMade: boolean;
  readonly ended: PartEventOf<'part.ended'>['why'] | undefined;
  readonly deviations: readonly Omit<Deviation, 'line'>[];
  readonly openItems: readonly string[];
}
