import type { ShiftView } from '../../shared/contract/shift.ts';
import type { ProfileId } from '../../shared/ids.ts';
import type { Profile } from '../../shared/profile.ts';
import type { KeptBatchToken } from '../../shared/shift/batch-token.ts';
import type { HeldToken } from '../../shared/shift/state.ts';
import type { GuideCalls, Office } from './handlers.ts';
import { openEntry } from './surface-calls.ts';

/** The shift desk's calls. Each is one line: `Shifts` knows the rules. */
export function shiftCalls(office: Office): GuideCalls<'shift'> {
  const { shifts, clusters, practice, host } = office;
  return {
    'shift.overview': async () => ({
      notifies: host.notify !== undefined,
      clusters: await Promise.all(clusters.list().map((profile) => viewOf(office, profile))),
    }),
    'shift.view': ({ profileId }) => viewOf(office, clusters.profile(profileId)),
    'shift.open': ({ profileId, operator }) => shifts.open(profileId, operator),
    'shift.set-names': ({ profileId, names }) => shifts.setNames(profileId, names),
    'shift.enter': async ({ profileId, what }) => {
      clusters.profile(profileId);
      const page = { surface: 'secret-entry', profileId } as const;
      await openEntry(
        office,
        what.kind === 'primary-token'
          ? { ...page, what: what.kind }
          : { ...page, what: what.kind, label: what.label, by: what.by },
      );
    },
    'shift.practice-token': async ({ profileId }) =>
      shifts.keepVaultToken(profileId, practice.operatorToken(profileId)),
    'shift.look': async ({ profileId, part }) => {
      const { diff, differences, ...look } = await shifts.lookAtSetup(profileId, part);
      return { ...look, differences: [...differences], diff: [...diff] };
    },
    'shift.write': ({ profileId, part, seen, by }) => shifts.writeSetup(profileId, part, seen, by),
    'shift.issue': ({ profileId, ...order }) => shifts.issue(profileId, order),
    'shift.prove': ({ profileId, token }) => shifts.prove(profileId, token),
    'shift.forget': ({ profileId, token, by, why }) => shifts.forget(profileId, token, by, why),
    'shift.hand-over': ({ profileId, by, to }) => shifts.handOver(profileId, by, to),
    'shift.end': ({ profileId, by }) => shifts.end(profileId, by),
    'shift.note': ({ profileId, by, note }) => shifts.note(profileId, by, note),
  };
}

async function viewOf({ shifts }: Office, profile: Profile): Promise<ShiftView> {
  const { id: profileId, name, colour, kind } = profile;
  const vaultToken = shifts.hasVaultToken(profileId);
  const about = { profileId, cluster: name, colour, practice: kind === 'practice', vaultToken };
  const state = shifts.state(profileId);
  if (state === undefined)
    return {
      ...about,
      tokens: (await keptOf(shifts, profileId)).map((token) => ({ about: token })),
    };
  const { id, operator, openedAt, names, setup, openItems, trouble } = state;
  const { policy, role } = setup;
  return {
    ...about,
    shift: {
      id,
      operator,
      openedAt,
      names,
      setup: {
        ...(policy ? { policy: { ...policy, differences: [...policy.differences] } } : {}),
        ...(role ? { role: { ...role, differences: [...role.differences] } } : {}),
      },
      openItems: [...openItems],
      ...(trouble ? { trouble } : {}),
    },
    tokens: state.tokens.map(heldOf),
  };
}

/** A keychain that is locked hides what it holds; Home says so in its own card. */
const keptOf = (shifts: Office['shifts'], profile: ProfileId): Promise<readonly KeptBatchToken[]> =>
  shifts.kept(profile).catch(() => []);

const heldOf = ({ about, checked, tried }: HeldToken): ShiftView['tokens'][number] => ({
  about,
  ...(checked
    ? { checked: { at: checked.at, node: checked.node, doubts: [...checked.doubts] } }
    : {}),
  ...(tried
    ? {
        tried: {
          at: tried.at,
          ...(tried.node ? { node: tried.node } : {}),
          result: tried.result,
          says: tried.says,
        },
      }
    : {}),
});
