import type { RequestKind } from '../../electron/practice/request.ts';
import type { Step } from './decide.ts';
import type { WayName } from './messages.ts';

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
}

const place = (
  title: string,
  way: WayName,
  step: Step,
  call: RequestKind | undefined,
  more: Partial<Pick<Place, 'nth' | 'cluster'>> = {},
): Place => ({ title, way, step, call, nth: 1, cluster: 'secondary', ...more });

/**
 * Every step at which a server is asked for something that matters, and the two between them that
 * ask none, in the order of a night. One more is one more line here, and a run of the whole.
 */
export const places: readonly Place[] = [
  place('Preflight', 'ceremony-1', 'preflight', 'replication-status'),
  place('The snapshot', 'planned', 'snapshot', 'snapshot', { cluster: 'primary' }),
  place('Demote the old primary', 'planned', 'demote-primary', 'demote', { cluster: 'primary' }),
  place('Open the door', 'break-glass', 'open-door', 'attempt-status'),
  place('Start', 'ceremony-1', 'start', 'attempt-start'),
  place('The first share', 'ceremony-1', 'give-share', 'update'),
  place('The last share', 'ceremony-1', 'give-share', 'update', { nth: 3 }),
  place('Decode', 'ceremony-1', 'decode', undefined),
  place('Close the door', 'break-glass', 'close-door', 'attempt-status'),
  // The primary is not there to be asked.
  place('The fencing statement', 'ceremony-1', 'state-fencing', undefined),
  place('Promote with a DR operation token', 'ceremony-1', 'promote', 'promote'),
  place('Promote with a batch token', 'batch', 'promote', 'promote'),
  place('Watch', 'ceremony-1', 'watch', 'health'),
  place('Delete the token', 'ceremony-1', 'delete-token', 'delete-token'),
  place('Ask for an activation token', 'planned', 'activate', 'secondary-token'),
  place('Attach the old primary', 'planned', 'attach', 'update-primary', { cluster: 'primary' }),
];
