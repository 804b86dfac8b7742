import { snapshotSays } from './aftercare.ts';
import { preparedOf } from './base.ts';
import type { CeremonyEvent } from './events.ts';
import type { CeremonyState, Demotion, GivenShare, StateIn } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';
import { utcMoment } from '../report/instants.ts';

type PreflightEvent = Extract<
  CeremonyEvent,
  {
    type:
      | 'primary.seen'
      | `primary.demote${string}`
      | 'primary.snapshot.kept'
      | 'certificate.trusted'
      | 'found.claimed'
      | 'attempt.joined'
      | 'token.encoded.shown'
      | 'token.encoded.exported';
  }
>;

/** What preflight finds and people settle: the old primary, an expired certificate, somebody's attempt. */
export function applyToPreflight(state: CeremonyState, event: PreflightEvent, at: string): Step {
  switch (event.type) {
    case 'primary.seen':
      return to({ ...state, primary: { seen: event.primary, at } });

    case 'primary.demote.intended': {
      if (!mayDemote(state)) return notNow(state, event);
      if (state.demotion?.outcome === 'under-way')
        return refuse('The outcome of the demotion before is not known yet.');
      const { node, by, secondPerson } = event;
      const demotion: Demotion = {
        node,
        at,
        by,
        secondPerson,
        outcome: 'under-way',
        problem: undefined,
      };
      return to({ ...state, demotion });
    }

    case 'primary.demote.accepted':
      return onDemotion(state, event, ['under-way'], { outcome: 'accepted' });
    case 'primary.demote.unknown':
      return onDemotion(state, event, ['under-way'], {
        outcome: 'unknown',
        problem: event.problem,
      });
    case 'primary.demote.failed':
      return onDemotion(state, event, open, { outcome: 'failed', problem: event.problem });
    case 'primary.demoted': {
      const step = onDemotion(state, event, open, { outcome: 'demoted', problem: undefined });
      return step.ok ? to({ ...step.state, primary: { seen: 'answers-otherwise', at } }) : step;
    }

    case 'primary.snapshot.kept': {
      if (!mayDemote(state)) return notNow(state, event);
      return to({ ...state, snapshot: { status: 'done', says: snapshotSays(event), at } });
    }

    case 'certificate.trusted': {
      const { trusted, subject, until } = event;
      const [one, other] = trusted.comparedBy;
      const deviation = {
        at,
        what: `The expired certificate of ${trusted.node} (${subject}, valid until ${utcMoment(until)}, SHA-256 ${trusted.leaf}) is trusted for this ceremony.`,
        why: trusted.how,
        agreedBy: `${one} and ${other}`,
      };
      return to({
        ...state,
        trusted: [...state.trusted.filter(({ node }) => node !== trusted.node), trusted],
        deviations: [...state.deviations, deviation],
      });
    }

    case 'found.claimed':
      if (state.phase !== 'preflight' && state.phase !== 'ready') return notNow(state, event);
      if (state.preflight?.found !== event.claim.nonce)
        return refuse('This is not the attempt that preflight found.');
      return to({ ...state, claim: event.claim });

    case 'token.encoded.shown':
      return state.phase === 'complete' && state.attempt.joined ? to(state) : notNow(state, event);

    case 'token.encoded.exported':
      return state.phase === 'complete' && keyElsewhere(state) ? to(state) : notNow(state, event);

    case 'attempt.joined': {
      if (state.phase !== 'ready') return notNow(state, event);
      const { claim, node, required, progress } = event;
      if (state.claim?.nonce !== claim.nonce || state.claim.owner !== claim.owner)
        return refuse('Nobody has claimed this attempt.');
      if (progress >= required) return refuse('More shares than can be given to an open attempt.');
      const attempt = {
        node,
        startedAt: at,
        nonce: claim.nonce,
        required,
        key: undefined,
        sealedUsed: [],
        round: 1,
        progress,
        given: Array.from({ length: progress }, () => unnamed(at)),
        pending: undefined,
        trouble: undefined,
        cancelling: false,
        joined: claim,
      };
      return to({ ...preparedOf(state), claim: undefined, phase: 'collecting', attempt });
    }
  }
}

/** Whether the key that reads the token is a person's, so that the encoded token may go to them. */
export const keyElsewhere = ({ attempt: { key, joined } }: StateIn<'complete'>): boolean =>
  joined?.holds === 'pgp-key' || (key !== undefined && key.from !== 'app');

/** Before Promote: afterwards the one that is promoted must never be taken for the old one. */
export const mayDemote = (state: CeremonyState): boolean =>
  state.phase === 'preflight' ||
  state.phase === 'roster' ||
  state.phase === 'ready' ||
  state.phase === 'armed' ||
  state.phase === 'decoded';

const open = ['under-way', 'accepted', 'unknown'] as const;

function onDemotion(
  state: CeremonyState,
  event: CeremonyEvent,
  from: readonly Demotion['outcome'][],
  change: Partial<Demotion>,
): Step {
  const { demotion } = state;
  if (!demotion || !from.includes(demotion.outcome)) return notNow(state, event);
  return to({ ...state, demotion: { ...demotion, ...change } });
}

/** Given before this ceremony joined: who gave it is asked for next. */
const unnamed = (at: string): GivenShare => ({
  at,
  where: 'elsewhere',
  holder: undefined,
  fingerprint: undefined,
  means: undefined,
});
