import type { Claim } from '../../../shared/ceremony/events.ts';
import type { NodeAddress, Nonce } from '../../../shared/ids.ts';
import type { Secret } from '../../../shared/secret.ts';
import type { RecordSigner } from '../../../shared/transcript/signature.ts';
import { preflight } from '../../failover/preflight.ts';
import type { MadeInvitation } from '../../offline/invite.ts';
import { cancel, cancelFound } from '../cancel.ts';
import { ownKey } from '../pgp-key.ts';
import { giveShare, type Given } from '../give-share.ts';
import { claimFound, join } from '../join.ts';
import { giveSealedShare, invite } from '../sealed.ts';
import { start, type StartKey } from '../start.ts';
import { beginUnseal, giveToNode, resetNode, waiveNode } from '../unseal.ts';
import { Commands } from './commands.ts';

/** The attempt on Vault, or the nodes to unseal: from the start to the last share. */
export class AttemptCommands extends Commands {
  /** @param pgp the public key the token is to be encrypted to, or `app`: one made here. Absent: an OTP. */
  start(pgp?: StartKey | 'app'): Promise<void> {
    if (this.state.purpose === 'unseal')
      return this.command('start', 'Reading every node', () => beginUnseal(this.room));
    return this.command('start', 'Starting the attempt on Vault', async () =>
      start(this.room, pgp === 'app' ? await ownKey(this.room) : pgp),
    );
  }

  join(): Promise<void> {
    return this.command('join', 'Joining the attempt', () => join(this.room));
  }

  /** Whose the attempt is that was found; preflight then looks again, and no longer stops at it. */
  claimFound(claim: Claim): Promise<void> {
    return this.command('claim-found', 'Writing whose attempt it is', async () => {
      await claimFound(this.room, claim);
      await this.record(await preflight(this.room));
    });
  }

  cancelFound(found: { nonce: Nonce; by: string; why: string }): Promise<void> {
    return this.command('cancel-found', 'Cancelling the attempt that was found', () =>
      cancelFound(this.room, found),
    );
  }

  confirmNonce(holder: string): Promise<void> {
    return this.command('confirm-nonce', 'Writing the confirmation', () =>
      this.record({ type: 'nonce.confirmed', holder }),
    );
  }

  /** @param openedWith for a share that came encrypted to its holder. */
  giveShare(
    holder: string,
    share: Secret<'share'>,
    openedWith?: 'key file' | 'gpg',
  ): Promise<Given> {
    return this.command('give-share', 'Giving the share to Vault', () =>
      this.state.purpose === 'unseal'
        ? giveToNode(this.room, holder, share)
        : giveShare(this.room, holder, share, openedWith ? { openedWith } : {}),
    );
  }

  /** A signed invitation, for holders elsewhere or whoever decodes the token. @param hours how long it stands. */
  invite(signer: RecordSigner, hours: number): Promise<MadeInvitation> {
    const command = this.state.phase === 'complete' ? 'take-token' : 'give-share';
    return this.command(command, 'Making an invitation', () => invite(this.room, signer, hours));
  }

  giveSealedShare(sealed: Uint8Array): Promise<Given> {
    return this.command('give-share', 'Opening a sealed share and giving it to Vault', () =>
      giveSealedShare(this.room, sealed),
    );
  }

  nameElsewhere(holder: string | undefined, means: string): Promise<void> {
    return this.command('name-elsewhere', 'Writing who gave it', async () => {
      const { roster } = this.room.log.in('collecting');
      await this.record({
        type: 'share.elsewhere.named',
        ...(holder ? { holder } : {}),
        means,
        by: roster.operator,
      });
    });
  }

  cancel(typed: string): Promise<void> {
    return this.command('cancel', 'Cancelling the attempt', () => cancel(this.room, typed));
  }

  resetUnseal(by: string, why: string): Promise<void> {
    return this.command('reset-unseal', 'Asking the node to forget its shares', () =>
      resetNode(this.room, by, why),
    );
  }

  waiveNode(waived: { node: NodeAddress; by: string; why: string }): Promise<void> {
    return this.command('waive-node', 'Writing why the node stays sealed', () =>
      waiveNode(this.room, waived),
    );
  }
}
