import type { CeremonyId } from '../../shared/ids.ts';
import type { ShiftEvent } from '../../shared/shift/events.ts';
import type { ShiftState } from '../../shared/shift/state.ts';
import type { RecordLog } from '../transcript/record-log.ts';

/** A shift that somebody has now. */
export interface OpenShift {
  readonly id: CeremonyId;
  readonly log: RecordLog<ShiftEvent, ShiftState>;
}
