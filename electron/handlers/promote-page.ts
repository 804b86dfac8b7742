import { factorAskedOf, inForce, pinTries } from '../../shared/ceremony/in-force.ts';
import { holderNames } from '../../shared/ceremony/roster.ts';
import type { CeremonyState, StateIn } from '../../shared/ceremony/state.ts';
import { toWords } from '../../shared/codec/words.ts';
import type { Contract } from '../../shared/contract.ts';
import type { ReplyOf } from '../../shared/contract/define.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Conductor } from '../ceremony/conductor.ts';
import { forceSentence } from '../failover/promote.ts';
import type { Handlers } from '../ipc.ts';
import { saveStatement } from '../records/statement.ts';
import { bannerOf } from './ceremony-page.ts';
import type { Office } from './handlers.ts';
import { utcMoment } from '../../shared/report/instants.ts';

type PromoteContext = ReplyOf<Contract['promote']['calls']['promote.context']>;

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

const nobodySigns = {
  code: 'rule.not-now',
  known: 'Nobody set an OpenPGP key at roster, so there is no statement to sign.',
  safe: 'Nothing was written.',
  next: 'Go on without: the second person types a name, or a PIN where one was set.',
} as const;
