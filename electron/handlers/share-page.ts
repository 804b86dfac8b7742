import { holderNames } from '../../shared/ceremony/roster.ts';
import { inForce } from '../../shared/ceremony/in-force.ts';
import type { CeremonyState, StateIn } from '../../shared/ceremony/state.ts';
import { nodeNow } from '../../shared/ceremony/unseal.ts';
import { nonceWords } from '../../shared/codec/words.ts';
import type { Contract } from '../../shared/contract.ts';
import type { ReplyOf } from '../../shared/contract/define.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Handlers } from '../ipc.ts';
import { decrypt } from '../pgp/decrypt.ts';
import { bannerOf, notThisErrand } from './ceremony-page.ts';
import { sealer, type ShareTaker } from './desk-pages.ts';
import type { Office } from './handlers.ts';
import { holderGives } from './holder-pages.ts';

type ShareGoal = ReplyOf<Contract['share-entry']['calls']['share.context']>['goal'];

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

function takingShares(state: CeremonyState): StateIn<'collecting' | 'unsealing'> {
  if (state.phase === 'collecting' || state.phase === 'unsealing') return state;
  throw new Trouble({
    code: 'rule.not-now',
    known: 'No shares are collected right now.',
    safe: 'No share was sent.',
    next: 'Close this window. The guide shows what the ceremony waits for.',
  });
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
