import type { AfterTask } from '../../shared/ceremony/aftercare.ts';
import type { Cluster } from '../../shared/ceremony/events.ts';
import type { Contract } from '../../shared/contract.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Handlers } from '../ipc.ts';
import { decrypt } from '../pgp/decrypt.ts';
import { bannerOf, notThisErrand } from './ceremony-page.ts';
import { deskReveal, deskSecretContext, isDeskSecret } from './desk-pages.ts';
import type { ErrandOf } from './entry-desk.ts';
import type { Office } from './handlers.ts';

/** The page for one other secret, in or out. */
export function secretEntryCalls(office: Office): Handlers<Contract>['secret-entry'] {
  const { entries, ceremonies, clusters, host, desk, practice, shifts } = office;
  const assigned = () => entries.of('secret-entry');
  const errand = () => {
    const mine = assigned();
    if (isDeskSecret(mine) || 'profileId' in mine) throw new Trouble(notThisErrand);
    return mine;
  };
  return {
    'secret.context': async () => {
      const asked = assigned();
      if (isDeskSecret(asked)) return deskSecretContext(desk, asked);
      if ('profileId' in asked)
        return { banner: bannerOf(clusters.cluster(asked.profileId)), what: asked.what };
      const { id, ...mine } = asked;
      const { cluster } = (await ceremonies.take(id)).state;
      return {
        banner: bannerOf(cluster),
        what: mine.what,
        ...('agreedBy' in mine ? { agreedBy: mine.agreedBy } : {}),
        ...(mine.what === 'pin' ? { person: mine.person } : {}),
        ...(mine.what === 'after'
          ? { task: mine.task.kind, target: targetOf(mine.task, cluster, clusters) }
          : {}),
        ...(mine.what === 'demote' ? { person: cluster.primaryNodes.join(', ') } : {}),
      };
    },
    'secret.give-token': async ({ token }) => {
      const asked = assigned();
      if (isDeskSecret(asked)) throw new Trouble(notThisErrand);
      if ('profileId' in asked) {
        if (asked.what !== 'primary-token') throw new Trouble(notThisErrand);
        return shifts.keepVaultToken(asked.profileId, token);
      }
      const { id, what } = asked;
      if (what !== 'vault-token') throw new Trouble(notThisErrand);
      clusters.keepVaultToken((await ceremonies.take(id)).state.cluster.profileId, token);
    },
    'secret.practice-token': async () => {
      const asked = assigned();
      if (isDeskSecret(asked) || !asksForRootToken(asked)) throw new Trouble(notThisErrand);
      const { kind, profileId } =
        'profileId' in asked
          ? clusters.cluster(asked.profileId)
          : (await ceremonies.take(asked.id)).state.cluster;
      if (kind !== 'practice') throw new Trouble(noPracticeToken);
      return { token: practice.operatorToken(profileId).expose() };
    },
    'secret.give-batch-token': async ({ token }) => {
      const asked = assigned();
      if (asked.what !== 'batch-token') throw new Trouble(notThisErrand);
      await shifts.keepPasted(asked.profileId, token, { label: asked.label, by: asked.by });
    },
    'secret.demote': async ({ token }) => {
      const mine = errand();
      if (mine.what !== 'demote') throw new Trouble(notThisErrand);
      const { by, secondPerson } = mine;
      await (await ceremonies.take(mine.id)).promotion.demote(token, { by, secondPerson });
    },
    'secret.after': async ({ token }) => {
      const mine = errand();
      if (mine.what !== 'after') throw new Trouble(notThisErrand);
      await (await ceremonies.take(mine.id)).after.act(mine.task, token);
    },
    'secret.give-otp': async ({ otp }) => {
      if (assigned().what === 'desk-otp') return desk.opening.takeOtp(otp);
      const { id, what } = errand();
      if (what !== 'otp') throw new Trouble(notThisErrand);
      await (await ceremonies.take(id)).token.restoreOtp(otp);
    },
    'secret.give-encoded-token': async ({ encoded }) => {
      const { what } = assigned();
      if (what !== 'encoded-token' && what !== 'encrypted-share') throw new Trouble(notThisErrand);
      desk.opening.take(what === 'encoded-token' ? 'token' : 'share', encoded);
    },
    'secret.decrypt-token': async (key) => {
      if (assigned().what === 'desk-key')
        return desk.opening.openWith('key file', (message, kind) =>
          decrypt(message, { kind: 'key', ...key }, kind),
        );
      const { id, what } = errand();
      if (what !== 'pgp-key') throw new Trouble(notThisErrand);
      await (
        await ceremonies.take(id)
      ).token.decode({
        with: 'key file',
        opener: { kind: 'key', ...key },
      });
    },
    'secret.give-pin': async ({ pin }) => {
      const mine = errand();
      if (mine.what !== 'pin') throw new Trouble(notThisErrand);
      await (await ceremonies.take(mine.id)).prepare.setPin(mine.person, pin);
    },
    'secret.reveal': async () => {
      const deskErrand = assigned();
      const atDesk = isDeskSecret(deskErrand) ? await deskReveal(desk, deskErrand) : undefined;
      if (atDesk) return { value: atDesk.expose() };
      const mine = errand();
      if (!('agreedBy' in mine)) throw new Trouble(notThisErrand);
      const { what, to, agreedBy } = mine;
      const conductor = await ceremonies.take(mine.id);
      switch (what) {
        case 'show-otp':
          return { value: (await conductor.token.showOtp(to, agreedBy)).expose() };
        case 'show-encoded':
          return { value: (await conductor.token.showEncoded(to, agreedBy)).expose() };
        case 'show-root-token':
          return { value: (await conductor.token.show(to, agreedBy)).expose() };
      }
    },
    'secret.close': () => host.closeSurface('secret-entry'),
  };
}

/** What a root token of the primary is good for. */
const asksForRootToken = (errand: ErrandOf<'secret-entry'>): boolean =>
  errand.what === 'vault-token' ||
  errand.what === 'primary-token' ||
  errand.what === 'demote' ||
  (errand.what === 'after' && errand.task.kind === 'snapshot');

/** What the token of a checklist's page goes to, in words. */
function targetOf(
  task: AfterTask,
  { profileId, primaryNodes }: Cluster,
  clusters: Office['clusters'],
): string {
  switch (task.kind) {
    case 'client-request':
      return clusters.site(profileId).clientAddress ?? 'the address that clients use';
    case 'snapshot':
      return task.file;
    case 'demote':
    case 'attach':
      return primaryNodes.join(', ');
    case 'activate':
      return 'the new primary';
    case 'follow':
      return task.name;
  }
}

const noPracticeToken = {
  code: 'contract.refused',
  known: 'There is no practice token for a real cluster.',
  safe: 'Nothing was sent.',
  next: 'Enter a token of the real primary.',
} as const;
