import type { Banner } from '../../shared/contract/common.ts';
import type { Contract } from '../../shared/contract.ts';
import type { AfterTask } from '../../shared/ceremony/aftercare.ts';
import type { Cluster } from '../../shared/ceremony/events.ts';
import { factorAskedOf, inForce, pinTries } from '../../shared/ceremony/in-force.ts';
import { holderNames } from '../../shared/ceremony/roster.ts';
import type { CeremonyState, StateIn } from '../../shared/ceremony/state.ts';
import { nodeNow } from '../../shared/ceremony/unseal.ts';
import { nonceWords, toWords } from '../../shared/codec/words.ts';
import type { ReplyOf } from '../../shared/contract/define.ts';
import { Trouble } from '../../shared/problem.ts';
import { shareWord } from '../../shared/profile.ts';
import type { Conductor } from '../ceremony/conductor.ts';
import { forceSentence } from '../failover/promote.ts';
import type { Handlers } from '../ipc.ts';
import { decrypt } from '../pgp/decrypt.ts';
import {
  deskReveal,
  deskSecretContext,
  isDeskSecret,
  sealer,
  type ShareTaker,
} from './desk-pages.ts';
import { holderGives } from './holder-pages.ts';
import type { ErrandOf } from './entry-desk.ts';
import type { Office } from './handlers.ts';
import { saveStatement } from '../records/statement.ts';
import { utcMoment } from '../../shared/report/instants.ts';

type ShareGoal = ReplyOf<Contract['share-entry']['calls']['share.context']>['goal'];
type PromoteContext = ReplyOf<Contract['promote']['calls']['promote.context']>;

/** The page of one holder and one share. */
export function shareEntryCalls(office: Office): Handlers<Contract>['share-entry'] {
  const { entries, ceremonies, practice, host, desk, holder: holderDesk, pgp } = office;
  /** Who takes the share where it is not a ceremony of this laptop. */
  const elsewhere = (): ShareTaker | undefined => {
    const errand = entries.of('share-entry');
    if ('id' in errand) return undefined;
    switch (errand.what) {
      case 'seal-share':
        return sealer(desk.invited);
      case 'holder-seals':
        return sealer(holderDesk.invited);
      case 'holder-gives':
        return holderGives(holderDesk, practice);
    }
  };
  const mine = async () => {
    const errand = entries.of('share-entry');
    if (!('id' in errand)) throw new Trouble(notThisErrand);
    return ceremonies.take(errand.id);
  };
  return {
    'share.context': async () => {
      const taker = elsewhere();
      if (taker) return taker.context();
      const state = takingShares((await mine()).state);
      const { given, round, progress, required, goal } = sharesOf(state);
      const oneEach = inForce(state, 'one-share-for-each-holder');
      return {
        banner: bannerOf(state.cluster),
        goal,
        holders: holderNames(state.roster).map((name) => ({
          name,
          gave: oneEach && given.some((share) => share.holder === name),
        })),
        round,
        progress,
        required,
        envelopes: practice.hasEnvelopes(state.cluster.profileId),
      };
    },
    'share.confirm-words': async ({ holder }) => {
      const taker = elsewhere();
      if (taker) return taker.confirm(holder);
      const conductor = await mine();
      mustBeHolder(takingShares(conductor.state), holder);
      await conductor.attempt.confirmNonce(holder);
    },
    'share.give': async ({ holder, share }) => {
      const taker = elsewhere();
      if (taker) return taker.give(holder, share);
      const conductor = await mine();
      mustBeHolder(takingShares(conductor.state), holder);
      return conductor.attempt.giveShare(holder, share);
    },
    'share.give-encrypted': async ({ holder, message, opener }) => {
      const openedWith = opener.kind === 'key' ? 'key file' : 'gpg';
      const open = () => decrypt(message, opener.kind === 'key' ? opener : pgp.opener(), 'share');
      const taker = elsewhere();
      if (taker) return taker.give(holder, await open(), openedWith);
      const conductor = await mine();
      mustBeHolder(takingShares(conductor.state), holder);
      return conductor.attempt.giveShare(holder, await open(), openedWith);
    },
    'share.stop-gpg': () => Promise.resolve(pgp.stop()),
    'share.practice-envelope': async ({ holder }) => {
      const taker = elsewhere();
      if (taker) {
        const share = await taker.envelope(holder);
        if (!share) throw new Trouble(practiceOnly);
        return { share: share.expose() };
      }
      const { roster, cluster } = takingShares((await mine()).state);
      if (cluster.kind !== 'practice') throw new Trouble(practiceOnly);
      const place = holderNames(roster).indexOf(holder);
      return { share: practice.envelope(cluster.profileId, place).expose() };
    },
    'share.close': () => host.closeSurface('share-entry'),
  };
}

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

/** The page with the one irreversible button. */
export function promoteCalls(office: Office): Handlers<Contract>['promote'] {
  const { entries, ceremonies, host } = office;
  const mine = () => ceremonies.take(entries.of('promote').id);
  return {
    'promote.context': async () => {
      const conductor = await mine();
      const state = beforePromote(conductor.state);
      const { cluster, roster, fencing, demotion } = state;
      const { server, primary, stops, forceOffered, refused } =
        await conductor.promotion.readiness();
      return {
        banner: bannerOf(cluster),
        operator: roster.operator,
        people: [...new Set([...(roster.witness ? [roster.witness] : []), ...holderNames(roster)])],
        server,
        ...(cluster.pins
          ? {
              pinned: {
                clusterId: cluster.pins.clusterId,
                ...(cluster.pins.secondaryId ? { secondaryId: cluster.pins.secondaryId } : {}),
              },
            }
          : {}),
        fencing: {
          how:
            fencing?.how ??
            (demotion?.outcome === 'demoted'
              ? `It was demoted from here at ${utcMoment(demotion.at)}.`
              : ''),
          confirmedBy: fencing?.confirmedBy ?? demotion?.by ?? '',
          primary,
          ...(fencing?.reason ? { reason: fencing.reason } : {}),
        },
        ...('batchToken' in state ? { batchToken: state.batchToken } : {}),
        ...(refused
          ? { refused: { known: refused.known, serverText: refused.facts?.['serverText'] ?? '' } }
          : {}),
        ...pinOf(conductor.state),
        ...signatureOf(conductor),
        rules: {
          secondIsNotOperator: inForce(conductor.state, 'second-person-is-not-operator'),
          factorRequired: inForce(conductor.state, 'second-person-authenticated'),
        },
        forceOffered,
        forceSentence,
        folderDialog: host.chooseFolder !== undefined,
        stops: [...stops],
      };
    },
    'promote.save-statement': async ({ force, folder }) => {
      const conductor = await mine();
      const statement = conductor.promotion.statementToSign(force);
      if (!statement) throw new Trouble(nobodySigns);
      const name = `keyturn-promote-${conductor.state.id}-${conductor.state.agreedSeq}`;
      return saveStatement(host, {
        name: force ? `${name}-force` : name,
        statement,
        typed: folder,
      });
    },
    'promote.confirm': async (confirmation) => (await mine()).promotion.promote(confirmation),
    'promote.close': () => host.closeSurface('promote'),
  };
}

export const bannerOf = (cluster: Cluster): Banner => ({
  practice: cluster.kind === 'practice',
  cluster: cluster.name,
  colour: cluster.colour,
  shareWord: shareWord(cluster.seal),
});

function takingShares(state: CeremonyState): StateIn<'collecting' | 'unsealing'> {
  if (state.phase === 'collecting' || state.phase === 'unsealing') return state;
  throw new Trouble({
    code: 'rule.not-now',
    known: 'No shares are collected right now.',
    safe: 'No share was sent.',
    next: 'Close this window. The guide shows what the ceremony waits for.',
  });
}

function beforePromote(state: CeremonyState): StateIn<'decoded' | 'armed' | 'watching'> {
  if (state.phase === 'decoded' || state.phase === 'armed' || state.phase === 'watching')
    return state;
  throw new Trouble({
    code: 'rule.not-now',
    known: 'Promote is not the step that comes next.',
    safe: 'Promote was not sent.',
    next: 'Close this window. The guide shows what the ceremony waits for.',
  });
}

/** The person who signs with an OpenPGP key, where one does, and what they sign. */
function signatureOf(conductor: Conductor): Pick<PromoteContext, 'signature'> {
  const { signingKey } = conductor.state;
  const [plain, force] = [
    conductor.promotion.statementToSign(false),
    conductor.promotion.statementToSign(true),
  ];
  if (!signingKey || !plain || !force) return {};
  if (factorAskedOf(conductor.state, signingKey.person) !== 'signature') return {};
  const { fingerprint } = signingKey.key;
  return {
    signature: {
      person: signingKey.person,
      fingerprint,
      words: [...toWords(fingerprint)],
      statement: Buffer.from(plain).toString('utf8'),
      statementWithForce: Buffer.from(force).toString('utf8'),
    },
  };
}

/** The person whose PIN is asked for, where one is. */
function pinOf(state: CeremonyState): { pin?: { person: string; triesLeft: number } } {
  const { pin } = state;
  if (!pin || factorAskedOf(state, pin.person) !== 'pin') return {};
  return { pin: { person: pin.person, triesLeft: Math.max(0, pinTries - pin.refused) } };
}

/** What the page shows of the round: the attempt's, or that of the node whose turn it is. */
function sharesOf(state: StateIn<'collecting' | 'unsealing'>) {
  if (state.phase === 'collecting') {
    const { nonce } = state.attempt;
    const goal: ShareGoal = { kind: 'attempt', nonce, words: [...nonceWords(nonce)] };
    return { ...state.attempt, goal };
  }
  const node = nodeNow(state.nodes);
  if (!node) throw new Trouble(noNodeWaits);
  const goal: ShareGoal = { kind: 'node', node: node.node };
  return { ...node, goal };
}

const noNodeWaits = {
  code: 'rule.not-now',
  known: 'No node waits for shares any more.',
  safe: 'No share was sent.',
  next: 'Close this window. The guide shows how each node stands.',
} as const;

function mustBeHolder({ roster }: StateIn<'collecting' | 'unsealing'>, holder: string): void {
  if (holderNames(roster).includes(holder)) return;
  throw new Trouble({
    code: 'input.invalid',
    known: 'This name is not on the roster of this ceremony.',
    safe: 'No share was sent.',
    next: 'Choose one of the names shown.',
  });
}

const practiceOnly = {
  code: 'contract.refused',
  known: 'There are no practice envelopes for a real cluster.',
  safe: 'No share was sent.',
  next: 'Give the share from its own envelope.',
} as const;

const noPracticeToken = {
  code: 'contract.refused',
  known: 'There is no practice token for a real cluster.',
  safe: 'Nothing was sent.',
  next: 'Enter a token of the real primary.',
} as const;

const nobodySigns = {
  code: 'rule.not-now',
  known: 'Nobody set an OpenPGP key at roster, so there is no statement to sign.',
  safe: 'Nothing was written.',
  next: 'Go on without: the second person types a name, or a PIN where one was set.',
} as const;

const notThisErrand = {
  code: 'contract.refused',
  known: 'This window was opened for another purpose.',
  safe: 'What was entered was not kept.',
  next: 'Close it and open the step again from the guide.',
} as const;
