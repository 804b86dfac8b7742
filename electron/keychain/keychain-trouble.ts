import { Trouble } from '../../shared/problem.ts';
import type { KeychainHealth } from './keychain.ts';

type Platform = NodeJS.Platform;

/**
 * What a system's keychain said, sorted by its words (as seen on Linux; Apple's
 * `SecCopyErrorMessageString` for macOS).
 */
export function troubleFrom(cause: unknown, platform: Platform = process.platform): Trouble {
  if (cause instanceof Trouble) return cause;
  const said = cause instanceof Error ? cause.message : '';
  if (/locked|interaction is not allowed|user canceled|dismissed/i.test(said)) {
    return locked(platform, said);
  }
  if (
    /session wrapping the secret|name :[0-9.]+ was not provided|connection is closed/i.test(said)
  ) {
    return restarted(said);
  }
  if (/not provided|could not connect|cannot autolaunch|failed to load/i.test(said)) {
    return absent(platform, said);
  }
  return failed('The keychain answered with an error.', said);
}

/** A trouble as a state of health. */
export function healthOf(trouble: Trouble): KeychainHealth {
  const { problem } = trouble;
  switch (problem.code) {
    case 'keychain.locked':
      return { state: 'locked', problem };
    case 'keychain.absent':
      return { state: 'absent', problem };
    case 'keychain.timeout':
      return { state: 'timeout', problem };
    default:
      return { state: 'failed', problem };
  }
}

export const timedOut = (milliseconds: number): Trouble =>
  new Trouble({
    code: 'keychain.timeout',
    known: `The keychain did not answer within ${milliseconds / 1000} seconds.`,
    safe: unchanged,
    next: "Look for a window that asks for the keychain's password, behind this one perhaps, and answer it. Then try again.",
  });

export const failed = (known: string, said?: string): Trouble =>
  new Trouble({
    code: 'keychain.failed',
    known,
    safe: unchanged,
    next: 'Try again. If it stays so, close Keyturn and open it again: the ceremony is offered where it stands.',
    ...facts(said),
  });

const unchanged =
  'Nothing was sent to Vault for this. What the keychain held before is still there.';

function locked(platform: Platform, said: string): Trouble {
  return new Trouble({
    code: 'keychain.locked',
    known: 'The keychain is locked.',
    safe: unchanged,
    next: `Unlock it, then try again: ${howToUnlock(platform)}`,
    ...facts(said),
  });
}

function howToUnlock(platform: Platform): string {
  switch (platform) {
    case 'darwin':
      return 'open Keychain Access and unlock the "login" keychain.';
    case 'win32':
      return 'sign in to Windows again.';
    default:
      return 'open "Passwords and Keys" (seahorse) or KWalletManager and unlock the default keyring, or log in to the desktop again.';
  }
}

function absent(platform: Platform, said: string): Trouble {
  return new Trouble({
    code: 'keychain.absent',
    known: 'No keychain answers on this machine.',
    safe: 'Nothing was kept and nothing was sent to Vault.',
    next: whatIsMissing(platform, said),
    ...facts(said),
  });
}

function whatIsMissing(platform: Platform, said: string): string {
  const libraryMissing = /failed to load/i.test(said);
  switch (platform) {
    case 'darwin':
      return 'Log in at the screen as the person who uses Keyturn: a session without one has no keychain.';
    case 'win32':
      return 'Start the service "Credential Manager" (VaultSvc) and sign in at the screen.';
    default:
      if (libraryMissing) {
        return 'Install libsecret (Debian: apt install libsecret-1-0; Fedora: dnf install libsecret), then open Keyturn again.';
      }
      if (/autolaunch|could not connect/i.test(said)) {
        return 'Start Keyturn in a desktop session, or under dbus-run-session: no D-Bus session bus was found (DBUS_SESSION_BUS_ADDRESS).';
      }
      return 'Install and start a keyring (Debian: apt install gnome-keyring; Fedora: dnf install gnome-keyring), log in again, then open Keyturn.';
  }
}

/** libsecret keeps its session for the life of the process: a new daemon does not know it. */
const restarted = (said: string): Trouble =>
  new Trouble({
    code: 'keychain.failed',
    known: 'The keychain service was stopped or restarted while Keyturn was open.',
    safe: unchanged,
    next: 'Close Keyturn and open it again: the ceremony is offered where it stands.',
    ...facts(said),
  });

/** The system's own words help who looks into it. They name services and never hold a value. */
const facts = (said: string | undefined): { facts?: Record<string, string> } =>
  said === undefined || said === '' ? {} : { facts: { said: said.slice(0, 300) } };
