import type { Finding } from '../../shared/ceremony/findings.ts';
import type { Nonce } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import { shareWord } from '../../shared/profile.ts';
import type { Room } from '../ceremony/room.ts';
import { readAttempt } from '../vault/attempt.ts';
import type { Connection } from '../vault/connection.ts';
import type { Answered } from './preflight-cluster.ts';
import { withFacts } from './preflight-nodes.ts';

export interface AttemptLook {
  readonly findings: readonly Finding[];
  readonly tokenNeeded: boolean;
  readonly required?: number;
  readonly found?: Nonce;
}

/** Is the one slot free, and does this Vault want a token beside the shares? */
export async function lookAtAttempt(
  room: Room,
  connection: Connection,
  { node }: Answered,
): Promise<AttemptLook> {
  const finding = (level: Finding['level'], what: string, todo: string): Finding => ({
    id: 'attempt',
    level,
    node,
    what,
    why: 'A node has one slot for an attempt, shared by everybody who reaches it.',
    todo,
  });
  const token = room.vaultToken();
  try {
    const seen = await readAttempt(connection.node(node), 'dr-operation-token', token);
    const word = shareWord(room.log.state.cluster.seal);
    const { required } = seen;
    if (!seen.started)
      return {
        findings: [
          finding(
            'ok',
            `No attempt is open. The threshold is ${required} ${word}s of the primary.`,
            'Nothing.',
          ),
        ],
        tokenNeeded: token !== undefined,
        required,
      };
    const open = `nonce ${seen.nonce ?? 'not shown'}, ${seen.progress} of ${required} shares given`;
    const { claim } = room.log.state;
    const claimed = claim !== undefined && seen.nonce === claim.nonce ? claim : undefined;
    return {
      findings: [
        claimed
          ? finding(
              'warning',
              `An attempt is already open: ${open}. It is the one of ${claimed.owner}, who holds its ${claimed.holds === 'otp' ? 'OTP' : 'PGP key'} and confirmed it by voice.`,
              `Join it instead of starting another. Only ${claimed.owner} can read the token that comes of it.`,
            )
          : finding(
              'stop',
              `An attempt is already open: ${open}. Shares given now make a token for whoever started this.`,
              'Find out who started it. Where the holder of its OTP or PGP key is known and confirms it by voice, it can be joined. If nobody uses it, cancel it by its nonce, with a name and a reason; it is gone for everybody then.',
            ),
      ],
      tokenNeeded: token !== undefined,
      required,
      ...(seen.nonce ? { found: seen.nonce } : {}),
    };
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.code === 'vault.permission-denied')
      return {
        findings: [
          finding(
            'stop',
            token
              ? 'Vault refuses the token that was entered.'
              : 'This Vault asks for a token beside the shares (Vault 2.0 and newer).',
            token
              ? 'Enter another one: a batch token made for the failover, or a root token of the primary.'
              : 'Enter the Vault token: a batch token made for the failover, or a root token of the primary.',
          ),
        ],
        tokenNeeded: true,
      };
    return {
      findings: [finding('stop', withFacts(problem), problem.next)],
      tokenNeeded: false,
    };
  }
}
