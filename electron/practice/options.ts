import { Trouble } from '../../shared/problem.ts';
import { defaultSwitches, type PracticeSwitches } from './switches.ts';
import { parseVersion, type VaultVersion } from './version.ts';

export interface PracticeOptions {
  /** How many shares the primary's key is split into; 5, or 1 with a threshold of 1. */
  readonly shares?: number;
  /** How many of them are needed; 3. */
  readonly threshold?: number;
  /** How long a promotion keeps the cluster away, in milliseconds: 1 s to 600 s; 8 s. */
  readonly outageMs?: number;
  /** Vault's version; '1.21.4'. From 2.0.0 on, an attempt's calls demand a token. */
  readonly version?: string;
  /** The primary's own version where it differs: one side has been upgraded; `version`. */
  readonly primaryVersion?: string;
  /** Whether a performance secondary of one node follows the primary; false. */
  readonly performanceSecondary?: boolean;
  /** The primary's seal; 'shamir'. */
  readonly seal?: 'shamir' | 'auto-unseal';
  /** Vault 2.x with `enable_unauthenticated_access` for all families on every node: no token is asked for. */
  readonly allowUnauthenticated?: boolean;
  readonly switches?: Partial<PracticeSwitches>;
}

export interface ResolvedOptions {
  readonly shares: number;
  readonly threshold: number;
  readonly outageMs: number;
  readonly version: VaultVersion;
  readonly primaryVersion: VaultVersion;
  readonly performanceSecondary: boolean;
  readonly seal: 'shamir' | 'auto-unseal';
  readonly allowUnauthenticated: boolean;
  readonly switches: PracticeSwitches;
}

/** Options with their defaults. Throws `input.invalid` for a site that Vault itself would not set up. */
export function resolveOptions(options: PracticeOptions): ResolvedOptions {
  const threshold = options.threshold ?? Math.min(3, options.shares ?? 3);
  const shares = options.shares ?? (threshold === 1 ? 1 : Math.max(5, threshold));
  const outageMs = options.outageMs ?? 8_000;
  const version = parseVersion(options.version ?? '1.21.4');
  const primaryVersion =
    options.primaryVersion === undefined ? version : parseVersion(options.primaryVersion);
  if (!isWhole(shares, 1, 255) || !isWhole(threshold, 1, shares)) {
    throw invalid('The threshold must be a whole number between 1 and the number of shares.');
  }
  if (threshold === 1 && shares > 1) {
    throw invalid('Vault needs a threshold of at least 2 where there is more than one share.');
  }
  if (!isWhole(outageMs, 1_000, 600_000)) {
    throw invalid('The outage must last between one second and ten minutes.');
  }
  if (version === undefined || primaryVersion === undefined)
    throw invalid('The version must look like 1.21.4, and be 1.0 or newer.');
  return {
    shares,
    threshold,
    outageMs,
    version,
    primaryVersion,
    performanceSecondary: options.performanceSecondary ?? false,
    seal: options.seal ?? 'shamir',
    allowUnauthenticated: options.allowUnauthenticated ?? false,
    switches: { ...defaultSwitches, ...options.switches },
  };
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const invalid = (known: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known,
    safe: 'No practice cluster was started.',
    next: 'Change the practice settings and start again.',
  });
