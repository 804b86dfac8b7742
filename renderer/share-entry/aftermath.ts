import type { ProblemCode } from '../../shared/problem.ts';

/**
 * What becomes of the entered share after a problem.
 * - `keep`: it surely never left this machine, and another try may succeed.
 * - `clear`: it was refused for what it is; another one may be entered.
 * - `over`: it may have arrived, or the ceremony needs people first. Cleared, and the page ends.
 */
export type Aftermath = 'keep' | 'clear' | 'over';

export function aftermath(code: ProblemCode): Aftermath {
  switch (code) {
    // Main sends a share at most once; where that may have happened it says `outcome-unknown`, so
    // a plain failure of the line means that the look before it failed.
    case 'vault.address-refused':
    case 'vault.name-not-resolved':
    case 'vault.refused':
    case 'vault.reset':
    case 'vault.timeout':
    case 'vault.tls':
    case 'vault.certificate':
    case 'vault.clock':
    case 'vault.redirect-refused':
    case 'vault.rate-limited':
    case 'ceremony.busy':
    case 'input.invalid':
    case 'input.share-format':
    case 'input.too-large':
    // An encrypted share that was not opened has not been sent either.
    case 'pgp.key-unfit':
    case 'pgp.not-a-message':
    case 'pgp.not-opened':
    case 'pgp.gpg-missing':
    case 'pgp.gpg-locked':
    case 'pgp.gpg-timeout':
    case 'pgp.gpg-stopped':
    case 'pgp.gpg-failed':
      return 'keep';
    case 'input.share-duplicate':
    case 'vault.duplicate-share':
      return 'clear';
    // The keychain or the disk may have failed on what Vault answered to the share.
    case 'keychain.absent':
    case 'keychain.locked':
    case 'keychain.timeout':
    case 'keychain.failed':
    case 'keychain.entry-missing':
    case 'journal.disk-full':
    case 'journal.write-failed':
    case 'journal.unreadable':
    case 'journal.tampered':
    // "Malformed" may be the reply: then the share has been sent.
    case 'contract.malformed':
    case 'contract.refused':
    case 'internal':
    case 'rule.not-now':
    case 'ceremony.unknown':
    case 'ceremony.superseded':
    case 'ceremony.gone':
    case 'ceremony.outcome-unknown':
    case 'profile.unknown':
    case 'profile.invalid':
    case 'profile.pin-mismatch':
    case 'profile.real-refused':
    case 'settings.unreadable':
    case 'export.folder':
    case 'export.exists':
    case 'export.disk-full':
    case 'export.not-written':
    case 'practice.not-running':
    case 'pgp.fingerprint-differs':
    case 'shift.unknown':
    case 'shift.no-primary':
    case 'shift.no-token':
    case 'vault.not-vault':
    case 'vault.too-large':
    case 'vault.sealed':
    case 'vault.uninitialised':
    case 'vault.standby':
    case 'vault.not-dr-secondary':
    case 'vault.permission-denied':
    case 'vault.wants-token':
    case 'vault.attempt-in-progress':
    case 'vault.other-attempt':
    case 'vault.no-attempt':
    case 'vault.wrong-nonce':
    case 'vault.shares-do-not-combine':
    case 'vault.share-rejected':
    case 'vault.catching-up':
    case 'vault.endpoint-missing':
    case 'vault.error':
      return 'over';
  }
}
