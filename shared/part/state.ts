import type { CeremonyId } from '../ids.ts';
import type { Deviation } from '../transcript/rules.ts';
import type { Opened, PartEventOf, PartRole } from './events.ts';

/** What a part's events add up to. */
export interface PartState {
  readonly phase: 'open' | 'ended';
  readonly id: CeremonyId;
  readonly role: PartRole;
  readonly cluster: PartEventOf<'part.opened'>['cluster'];
  /** The one on the desk. */
  readonly invitation: Omit<PartEventOf<'invitation.read'>, 'type'> | undefined;
  /** Who sealed a share here, each once. */
  readonly sealedBy: readonly string[];
  /** Who compared the words of the invitation on the desk. */
  readonly comparedBy: readonly string[];
  /** A share that was about to be sent and has no outcome yet. */
  readonly pending: PendingShare | undefined;
  /** Whose shares Vault counted in this round, given from here. */
  readonly gave: readonly string[];
  /** How far the round was with the last of them. */
  readonly counted: number;
  /** How many it counted in the rounds before. */
  readonly gaveBefore: number;
  /** Whose shares may or may not have been counted, once reading the status could not tell. */
  readonly doubtful: readonly string[];
  /** The encoded token that is kept here. */
  readonly token: KeptToken | undefined;
  readonly opened: Opened | undefined;
  readonly otpMade: boolean;
  readonly ended: PartEventOf<'part.ended'>['why'] | undefined;
  readonly deviations: readonly Omit<Deviation, 'line'>[];
  readonly openItems: readonly string[];
}

export interface PendingShare extends Omit<PartEventOf<'share.intended'>, 'type'> {
  /** The reply was lost. */
  readonly unknown: boolean;
}

/** For whom an encoded token is kept, and by what it can leave. */
export interface KeptToken {
  readonly invitation: NonNullable<PartState['invitation']>;
  /** Whose share was the last. */
  readonly holder: string;
  /** To whom it was shown or saved for. */
  readonly offeredTo: readonly string[];
}
