import type { RequestKind } from '../../electron/practice/request.ts';
import { steps, type Step } from './decide.ts';
import type { WayName } from './messages.ts';
import type { Target } from './practice-faults.ts';

/** A step of a way at which a fault may strike. */
export interface Place {
  readonly title: string;
  readonly way: WayName;
  readonly step: Step;
  /** From 1; the how manyth time that this step is taken. */
  readonly nth: number;
  /** The call that the step is about, at which a fault of one call is aimed. Undefined: it sends none. */
  readonly call: RequestKind | undefined;
  /** Whose node it talks to. */
  readonly cluster: 'secondary' | 'primary';
  /** What leads there: a trouble right before an earlier step. Absent: the way leads there by itself. */
  readonly lead?: Lead;
}

export interface Lead {
  readonly step: Step;
  readonly strike: (target: Target) => unknown;
}

const place = (
  title: string,
  way: WayName,
  step: Step,
  call: RequestKind | undefined,
  more: Partial<Pick<Place, 'nth' | 'cluster' | 'lead'>> = {},
): Place => ({ title, way, step, call, nth: 1, cluster: 'secondary', ...more });

/**
 * Every step at which a server is asked for something, and two between them that ask none, in the order
 * of a night. One more is one more line here, and a run of the whole.
 */
export const places: readonly Place[] = [
  place('Preflight', 'ceremony-1', 'preflight', 'replication-status'),
  place('Cancel an attempt that was found', 'ceremony-1', 'cancel-found', 'attempt-cancel', {
    lead: { step: 'preflight', strike: ({ faults }) => faults.startByAnother() },
  }),
  place('The snapshot', 'planned', 'snapshot', 'snapshot', { cluster: 'primary' }),
  place('Demote the old primary', 'planned', 'demote-primary', 'demote', { cluster: 'primary' }),
  place('Look at the old primary again', 'planned', 'look-at-primary', 'replication-status', {
    cluster: 'primary',
    lead: {
      step: 'demote-primary',
      strike: ({ faults, site }) => faults.dropNext('demote', 'before', { node: site.primary }),
    },
  }),
  place('Open the door', 'break-glass', 'open-door', 'attempt-status'),
  place('Start', 'ceremony-1', 'start', 'attempt-start'),
  place('The first share', 'ceremony-1', 'give-share', 'update'),
  place('The last share', 'ceremony-1', 'give-share', 'update', { nth: 3 }),
  place('Look again for an attempt that is gone', 'ceremony-1', 'recheck', 'attempt-status', {
    lead: { step: 'give-share', strike: ({ faults }) => faults.cancelByAnother() },
  }),
  place('Decode', 'ceremony-1', 'decode', undefined),
  place('Close the door', 'break-glass', 'close-door', 'attempt-status'),
  // The primary is not there to be asked.
  place('The fencing statement', 'ceremony-1', 'state-fencing', undefined),
  place('Promote with a DR operation token', 'ceremony-1', 'promote', 'promote'),
  place('Promote with a batch token', 'batch', 'promote', 'promote'),
  place('Watch', 'ceremony-1', 'watch', 'health'),
  place('Delete the token', 'ceremony-1', 'delete-token', 'delete-token'),
  place('Compare the versions', 'planned', 'check-versions', 'health'),
  place('Ask for an activation token', 'planned', 'activate', 'secondary-token'),
  place('Attach the old primary', 'planned', 'attach', 'update-primary', { cluster: 'primary' }),
  place('Look whether the old primary follows', 'planned', 'check-follows', 'replication-status', {
    cluster: 'primary',
    lead: {
      step: 'attach',
      strike: ({ faults, site }) =>
        faults.dropNext('update-primary', 'before', { node: site.primary }),
    },
  }),
];

/** What no place strikes: nothing is asked of a server there, it is only written down. */
export const quiet: readonly Step[] = steps.filter(
  (step) => !places.some((place) => place.step === step),
);
