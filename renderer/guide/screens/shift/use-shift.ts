import type { ProfileId } from '../../../../shared/ids.ts';
import { useLoaded } from '../../app/use-call.ts';
import { usePush } from '../../app/use-push.ts';

/** Every cluster at the shift desk, read again whenever something there changes. */
export function useShiftOverview() {
  const overview = useLoaded('shift.overview', undefined);
  usePush('shift.changed', overview.reload);
  // The practice clusters are among them while they run.
  usePush('practice.changed', overview.reload);
  return overview;
}

/** One cluster at the shift desk, read again whenever something there changes. */
export function useShiftView(profileId: ProfileId) {
  const view = useLoaded('shift.view', { profileId });
  usePush('shift.changed', view.reload);
  return view;
}
