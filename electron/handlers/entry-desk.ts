import type { AfterTask } from '../../shared/ceremony/aftercare.ts';
import type { Surface } from '../../shared/contract/define.ts';
import type { ScanPurpose } from '../../shared/contract/offline.ts';
import type { CeremonyId, ProfileId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';

/** What an isolated page was opened for. It serves one purpose, then it is gone. */
export type Errand =
  | { readonly surface: 'share-entry'; readonly id: CeremonyId }
  | { readonly surface: 'promote'; readonly id: CeremonyId }
  | {
      readonly surface: 'secret-entry';
      readonly id: CeremonyId;
      readonly what: 'vault-token' | 'otp' | 'pgp-key';
    }
  | {
      readonly surface: 'secret-entry';
      readonly id: CeremonyId;
      readonly what: 'pin';
      readonly person: string;
    }
  | {
      readonly surface: 'secret-entry';
      readonly id: CeremonyId;
      readonly what: 'demote';
      readonly by: string;
      readonly secondPerson: string;
    }
  | {
      readonly surface: 'secret-entry';
      readonly id: CeremonyId;
      readonly what: 'show-otp' | 'show-encoded' | 'show-root-token';
      readonly to: string;
      readonly agreedBy: string;
    }
  | {
      readonly surface: 'secret-entry';
      readonly id: CeremonyId;
      readonly what: 'after';
      readonly task: AfterTask;
    }
  | DeskErrand
  | ShiftErrand;

/** What a page serves at the offline desk or on a holder's laptop: no ceremony of this laptop is needed. */
export type DeskErrand =
  | {
      readonly surface: 'share-entry';
      readonly what: 'seal-share' | 'holder-seals' | 'holder-gives';
    }
  | { readonly surface: 'scan'; readonly purpose: ScanPurpose }
  | {
      readonly surface: 'secret-entry';
      readonly what: 'encoded-token' | 'encrypted-share' | 'desk-otp' | 'desk-key';
    }
  | {
      readonly surface: 'secret-entry';
      readonly what: 'show-token' | 'show-share' | 'show-new-otp';
      readonly to: string;
      readonly agreedBy: string;
    };

/** At the shift desk: for a cluster, and for no ceremony. */
export type ShiftErrand =
  | {
      readonly surface: 'secret-entry';
      readonly profileId: ProfileId;
      readonly what: 'primary-token';
    }
  | {
      readonly surface: 'secret-entry';
      readonly profileId: ProfileId;
      readonly what: 'batch-token';
      readonly label: string;
      readonly by: string;
    };

export type ErrandOf<S extends Errand['surface']> = Extract<Errand, { surface: S }>;

/** Remembers for each isolated page why it is open, so that the page itself cannot choose. */
export class EntryDesk {
  readonly #errands = new Map<Surface, Errand>();

  assign(errand: Errand): void {
    this.#errands.set(errand.surface, errand);
  }

  /** Whether the page is open for exactly this already. */
  serves(errand: Errand): boolean {
    return JSON.stringify(this.#errands.get(errand.surface)) === JSON.stringify(errand);
  }

  release(surface: Surface): void {
    this.#errands.delete(surface);
  }

  /** @throws Trouble `contract.refused` for a page that was not opened for anything. */
  of<S extends Errand['surface']>(surface: S): ErrandOf<S> {
    const errand = this.#errands.get(surface);
    if (errand && isFor(errand, surface)) return errand;
    throw new Trouble({
      code: 'contract.refused',
      known: 'This window is not open for any step.',
      safe: 'Nothing was sent.',
      next: 'Close it and open the step again from the guide.',
    });
  }
}

const isFor = <S extends Errand['surface']>(errand: Errand, surface: S): errand is ErrandOf<S> =>
  errand.surface === surface;
