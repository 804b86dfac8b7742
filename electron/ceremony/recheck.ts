import { keyTrouble } from '../../shared/pgp/compare.ts';
import { mayDemote } from '../../shared/ceremony/fold-preflight.ts';
import { reconcile } from '../../shared/ceremony/reconcile.ts';
import { madeToken, tokenWords } from '../../shared/ceremony/purpose.ts';
import type { Attempt, StateIn, Token } from '../../shared/ceremony/state.ts';
import type { PgpKey } from '../../shared/pgp/key.ts';
import type { Problem } from '../../shared/problem.ts';
import { chooseWay, recheckArmed } from '../failover/ways.ts';
import { readAttempt } from '../vault/attempt.ts';
import { lookAtPrimaryNow } from '../failover/demote.ts';
import { recheckAfter } from '../failover/aftercare.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { keepEncodedToken } from './give-share.ts';
import { readNodes } from './unseal.ts';
import { familyOf, withConnection, type Room } from './room.ts';

/**
 * Compares the record with what the server and the keychain say, writes what follows from it, and
 * says it in sentences. Changes nothing on the server. Where nothing certain can be read it throws,
 * and the record stays as it is.
 *
 * @throws Trouble `vault.*` when the server cannot be read, `keychain.locked` when it cannot be opened.
 */
export async function recheck(room: Room): Promise<string> {
  const pending = demotionPending(room);
  const sentence = await recheckPhase(room);
  const after = await recheckAfter(room);
  const more = pending ? await lookAtPrimaryNow(room) : '';
  return [sentence, after, more].filter((one) => one !== '').join(' ');
}

/** A demotion of the old primary whose end nobody has seen. */
function demotionPending({ log }: Room): boolean {
  const { demotion } = log.state;
  const open: readonly (string | undefined)[] = ['under-way', 'accepted', 'unknown'];
  return mayDemote(log.state) && open.includes(demotion?.outcome);
}

async function recheckPhase(room: Room): Promise<string> {
  const { state } = room.log;
  switch (state.phase) {
    case 'preflight':
    case 'roster':
    case 'ready':
      // The app may have ended between a refused way and the next one.
      if (!state.way && state.purpose === 'dr-operation-token') await chooseWay(room);
      return orphanPossible(room)
        ? 'A start was sent, and its reply was lost: an attempt that nobody has the OTP of may be open on the server. Run preflight again: it shows whether there is one, and offers to cancel it by its nonce.'
        : 'Nothing was left open on the server by this ceremony. Preflight shows what is there now.';
    case 'starting':
      return recheckStart(room);
    case 'collecting':
      return recheckAttempt(room, state);
    case 'gone':
    case 'superseded':
      return recheckLost(room, state);
    case 'complete':
      return recheckEncoded(room);
    case 'armed':
      return recheckArmed(room);
    case 'decoded':
    case 'in-hand':
      return recheckToken(room);
    case 'unsealing':
      return readNodes(room);
    case 'aftercare':
      return 'token' in state
        ? recheckToken(room)
        : 'The cluster is promoted. The batch token expires by itself: there is nothing to delete.';
    case 'promoting':
      await room.log.append({ type: 'promote.unknown', problem: promoteReplyLost });
      return 'Promote was sent, and no reply is on record. Watching shows whether it was carried out; it is not sent again by itself.';
    case 'watching':
      return 'Watching goes on until the cluster answers as primary.';
    case 'ended':
      return 'This ceremony has ended.';
  }
}

/** Whether a start may have reached the server, and nobody has looked there since. */
function orphanPossible({ log }: Room): boolean {
  const newest = log.records.findLast(
    ({ event }) => event.type === 'attempt.start.failed' || event.type === 'preflight.checked',
  )?.event;
  return newest?.type === 'attempt.start.failed' && newest.mayHaveArrived;
}

async function recheckStart(room: Room): Promise<string> {
  const { node, key } = room.log.in('starting');
  const kept = await room.secrets.attempt();
  const seen = await readOnce(room, node);
  // With a key nothing had to be kept: whoever has it reads the token, so the key says whose it is.
  if (seen.started && seen.nonce && key && !keyTrouble(key, seen.pgpFingerprint)) {
    await room.log.append({
      type: 'attempt.started',
      nonce: seen.nonce,
      required: seen.required,
    });
    return `An attempt is open on the server, and its token will be encrypted to the key of this ceremony. ${await keySentence(room, key)}`.trim();
  }
  if (seen.started && !key && kept && seen.nonce === kept.nonce) {
    await room.log.append({
      type: 'attempt.started',
      nonce: kept.nonce,
      required: seen.required,
    });
    return 'The attempt was started, and its OTP is in the keychain. Its first share can be given.';
  }
  const mayHaveArrived = seen.started;
  await room.log.append({ type: 'attempt.start.failed', problem: startReplyLost, mayHaveArrived });
  return seen.started
    ? `An attempt is open on the server (nonce ${seen.nonce ?? 'not shown'}), but ${key ? 'it names another key' : 'its OTP is not in the keychain'}: either the reply to our start was lost, or somebody else started it. It cannot be used from here.`
    : 'The attempt was not started: the server knows none. It can be started now.';
}

async function recheckAttempt(room: Room, state: StateIn<'collecting'>): Promise<string> {
  // The encoded token first: it may be in the keychain, or in memory, while its event is missing.
  const encoded = room.unkept ?? (await room.secrets.encodedToken());
  if (encoded && state.attempt.pending) {
    await keepEncodedToken(room, encoded);
    return 'The last share was counted, and the encoded token is in the keychain. It can be decoded now.';
  }
  const seen = await readOnce(room, state.attempt.node);
  const cancelled = state.attempt.cancelling;
  if (cancelled && !seen.started) {
    await room.log.append({ type: 'attempt.cancelled' });
    await room.secrets.forgetAttempt();
    return 'The attempt was cancelled: the server knows none.';
  }
  const { events, sentence } = reconcile(state.attempt, seen);
  await room.log.appendAll(events);
  if (cancelled && seen.nonce === state.attempt.nonce)
    await room.log.append({ type: 'attempt.cancel.failed', problem: stillThere });
  if (room.log.state.phase !== 'collecting') return sentence;
  return `${sentence} ${await readableSentence(room, state.attempt)}`.trim();
}

async function recheckLost(room: Room, state: StateIn<'gone' | 'superseded'>): Promise<string> {
  const seen = await readOnce(room, state.attempt.node);
  if (seen.started && seen.nonce === state.attempt.nonce) {
    const stop = keyTrouble(state.attempt.key, seen.pgpFingerprint);
    if (stop) return `${stop.known} ${stop.next}`;
    await room.log.append({ type: 'attempt.returned', progress: seen.progress });
    return `Our attempt is back: the nonce is the same, and the progress is ${seen.progress} of ${seen.required}.`;
  }
  return seen.started
    ? `Another attempt is open on the server (nonce ${seen.nonce ?? 'not shown'}).`
    : 'The server still knows no attempt.';
}

async function recheckEncoded(room: Room): Promise<string> {
  const { attempt } = room.log.in('complete');
  const encoded = await room.secrets.encodedToken();
  if (!encoded) {
    await room.log.append({
      type: 'token.lost',
      why: 'the encoded token is no longer in the keychain',
    });
    return 'The encoded token is no longer in the keychain, and Vault keeps no copy. The token it stood for cannot be read; this is an open item. A new attempt makes a new one.';
  }
  return `The encoded token is in the keychain. ${await readableSentence(room, attempt)}`.trim();
}

async function recheckToken(room: Room): Promise<string> {
  const words = tokenWords(room.log.state.purpose);
  const before = tokenIn(room);
  if (before.fate.kind === 'deleting')
    await room.log.append({
      type: 'token.delete.failed',
      how: before.fate.how,
      problem: deleteReplyLost(words),
    });
  const { fate } = tokenIn(room);
  if (fate.kind !== 'kept' && fate.kind !== 'not-deleted')
    return `The step of the ${words} is settled.`;
  if (await room.secrets.token(madeToken(room.log.state.purpose)))
    return `The ${words} is in the keychain.`;
  await room.log.append({
    type: 'token.lost',
    why: 'it is no longer in the keychain',
  });
  return `The ${words} is no longer in the keychain. It still exists on the server and was not deleted; this is an open item.`;
}

/** Says it where the token could not be read here any more. */
const readableSentence = (room: Room, attempt: Attempt): Promise<string> =>
  attempt.key ? keySentence(room, attempt.key) : otpSentence(room, attempt);

async function keySentence(room: Room, key: PgpKey): Promise<string> {
  if (key.from !== 'app' || (await room.secrets.pgpKey())) return '';
  return 'The private key that Keyturn made for this ceremony is not in the keychain. Without it the token cannot be read, and cancelling to start a new attempt is the way on.';
}

function tokenIn(room: Room): Token {
  const state = room.log.in('decoded', 'in-hand', 'aftercare');
  if ('token' in state) return state.token;
  throw ruleTrouble('This ceremony promoted with a batch token.');
}

async function otpSentence(room: Room, { nonce, joined }: Attempt): Promise<string> {
  const kept = await room.secrets.attempt();
  if (kept?.nonce === nonce) return '';
  if (joined)
    return `The ${joined.holds === 'otp' ? 'OTP' : 'PGP key'} of this attempt is with ${joined.owner}, who started it.`;
  return 'The OTP of this attempt is not in the keychain. If it was written down, it can be entered again; without it the token cannot be decoded, and cancelling to start a new attempt is the way on.';
}

const readOnce = (room: Room, address: StateIn<'collecting'>['attempt']['node']) =>
  withConnection(room, (connection) =>
    readAttempt(connection.node(address), familyOf(room), room.vaultToken()),
  );

const startReplyLost: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'The start of the attempt was sent, and no reply is on record.',
  safe: 'No share was given.',
  next: 'Run preflight again: it shows whether an attempt is open, and offers to cancel it by its nonce.',
};

const promoteReplyLost: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'Promote was sent, and the app ended before a reply was on record.',
  safe: 'Promote is not sent again by itself.',
  next: 'Watch the cluster: it shows whether the promotion is under way.',
};

const deleteReplyLost = (words: string): Problem => ({
  code: 'ceremony.outcome-unknown',
  known: `The deletion of the ${words} was sent, and no reply is on record.`,
  safe: 'The token is still in the keychain. Deleting it a second time does no harm.',
  next: 'Delete it again: Vault’s answer then shows whether it was still there.',
});

const stillThere: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'The cancellation was sent without a reply on record, and the attempt is still open.',
  safe: 'Nonce, OTP and progress are as they were.',
  next: 'Cancel it again, or go on with the shares.',
};
