import type { PathRule } from './policy.ts';
import { TokenStore } from './token-store.ts';

export interface Policy {
  readonly name: string;
  readonly text: string;
  readonly rules: readonly PathRule[];
}

/** A token role, as `auth/token/roles/:name` takes and shows it. Times in seconds. */
export interface TokenRole {
  readonly allowed_policies: readonly string[];
  readonly disallowed_policies: readonly string[];
  readonly orphan: boolean;
  readonly renewable: boolean;
  readonly token_type: string;
  readonly token_explicit_max_ttl: number;
  readonly token_period: number;
  readonly token_num_uses: number;
  readonly token_no_default_policy: boolean;
  readonly path_suffix: string;
}

/** WALs a primary has written when its site starts. */
const firstWal = 4213;

/** What DR replication carries from a primary to its secondary: tokens, policies, roles; and how much was written. */
export class Ledger {
  readonly policies: Map<string, Policy>;
  readonly roles: Map<string, TokenRole>;
  readonly tokens: TokenStore;
  wal: number;

  private constructor(
    policies: Map<string, Policy>,
    roles: Map<string, TokenRole>,
    tokens: TokenStore,
    wal: number,
  ) {
    this.policies = policies;
    this.roles = roles;
    this.tokens = tokens;
    this.wal = wal;
  }

  static fresh(): Ledger {
    return new Ledger(new Map([['default', defaultPolicy]]), new Map(), new TokenStore(), firstWal);
  }

  copy(): Ledger {
    return new Ledger(new Map(this.policies), new Map(this.roles), this.tokens.copy(), this.wal);
  }
}

/** The part of Vault's `default` policy that these clusters have paths for. */
const ownToken: readonly PathRule[] = [
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'auth/token/renew-self', capabilities: ['update'] },
  { path: 'auth/token/revoke-self', capabilities: ['update'] },
  { path: 'sys/capabilities-self', capabilities: ['update'] },
];

const defaultPolicy: Policy = {
  name: 'default',
  text: ownToken
    .map(
      ({ path, capabilities }) => `path "${path}" {\n  capabilities = ["${capabilities[0]}"]\n}\n`,
    )
    .join('\n'),
  rules: ownToken,
};
