import { createHash } from 'node:crypto';
import { digestSchema, type Digest } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { diffOf, type DiffLine } from '../../shared/shift/diff.ts';
import type { SetupPart } from '../../shared/shift/events.ts';
import { policyText, wantedRole, type SetupNames } from '../../shared/shift/setup.ts';
import type { VaultNode } from '../vault/connection.ts';
import {
  readPolicy,
  readTokenRole,
  writePolicy,
  writeTokenRole,
  type TokenRole,
} from '../vault/policies.ts';

/** The policy or the role as it is on the primary, beside the one that is wanted. */
export interface SetupLook {
  readonly name: string;
  readonly found: boolean;
  /** Why it will not do, each a sentence; none: it is as it should be. */
  readonly differences: readonly string[];
  /** As it would be written. */
  readonly wanted: string;
  readonly diff: readonly DiffLine[];
  /** Stands for what was seen: writing is refused where it is no longer what is there. */
  readonly seen: Digest;
}

interface Asked {
  readonly node: VaultNode;
  readonly token: Secret<'vault-token'>;
  readonly names: SetupNames;
}

/** Compares; changes nothing. @throws VaultFailure. */
export async function lookAtSetup(part: SetupPart, asked: Asked): Promise<SetupLook> {
  const { node, token, names } = asked;
  switch (part) {
    case 'policy': {
      const there = await readPolicy(node, token, names.policy);
      const diff = diffOf(there ?? '', policyText());
      const changed = diff.filter(({ kind }) => kind !== 'same').length;
      const differences =
        there === undefined
          ? [`There is no policy “${names.policy}” in the root namespace.`]
          : changed === 0
            ? []
            : [`Its text differs in ${changed} ${changed === 1 ? 'line' : 'lines'}.`];
      return looked(names.policy, there, policyText(), differences);
    }
    case 'role': {
      const role = await readTokenRole(node, token, names.role);
      const there = role === undefined ? undefined : shownRole(role);
      const differences =
        role === undefined
          ? [`There is no token role “${names.role}” in the root namespace.`]
          : roleDifferences(role, names.policy);
      return looked(names.role, there, json(wantedRole(names)), differences);
    }
  }
}

/**
 * Writes what `lookAtSetup` showed. Sent once.
 *
 * @param seen of the look that a person said yes to.
 * @throws Trouble `rule.not-now` where the server has something else by now; VaultFailure.
 */
export async function writeSetup(part: SetupPart, asked: Asked): Promise<void> {
  const { node, token, names } = asked;
  switch (part) {
    case 'policy':
      return writePolicy(node, token, names.policy, policyText());
    case 'role':
      return writeTokenRole(node, token, names.role, wantedRole(names));
  }
}

/** Somebody changed it since it was shown. */
export const changedMeanwhile = new Trouble({
  code: 'rule.not-now',
  known: 'What is on the primary is no longer what was shown.',
  safe: 'Nothing was written.',
  next: 'Look at the difference again, and ask who else works on it.',
});

function looked(
  name: string,
  there: string | undefined,
  wanted: string,
  differences: readonly string[],
): SetupLook {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, there ?? null]))
    .digest('hex');
  return {
    name,
    found: there !== undefined,
    differences,
    wanted,
    diff: diffOf(there ?? '', wanted),
    seen: digestSchema.parse(hash),
  };
}

/** What keeps a role from making the token that is wanted (§4.5). */
function roleDifferences(role: TokenRole, policy: string): readonly string[] {
  const only = role.allowedPolicies.length === 1 && role.allowedPolicies[0] === policy;
  const rules: readonly (readonly [boolean, string])[] = [
    [role.tokenType !== 'batch', `It makes tokens of the type “${role.tokenType}”, not batch.`],
    [!role.orphan, 'Its tokens are not orphans: they would not work on the DR secondary.'],
    [!only, `It allows ${role.allowedPolicies.join(', ') || 'any policy'}, not just “${policy}”.`],
    [role.renewable, 'It says that its tokens can be renewed, which batch tokens cannot be.'],
    [role.disallowedPolicies.includes(policy), `It forbids the policy “${policy}”.`],
    [role.noDefaultPolicy, 'Its tokens lack the default policy: they cannot look themselves up.'],
    [role.explicitMaxTtl > 0, 'It sets an explicit maximum TTL, which batch tokens cannot have.'],
    [role.period > 0, 'It sets a period, which batch tokens cannot have.'],
    [role.numUses > 0, 'It limits the number of uses, which batch tokens cannot have.'],
    [
      role.boundCidrs.length > 0,
      `Its tokens work only from ${role.boundCidrs.join(', ')}: this laptop may not be among them.`,
    ],
  ];
  return rules.filter(([applies]) => applies).map(([, says]) => says);
}

/** The role as JSON, with the wanted fields first and whatever else is set after them. */
const shownRole = (role: TokenRole): string =>
  json({
    allowed_policies: role.allowedPolicies,
    orphan: role.orphan,
    renewable: role.renewable,
    token_type: role.tokenType,
    ...(role.disallowedPolicies.length > 0 ? { disallowed_policies: role.disallowedPolicies } : {}),
    ...(role.noDefaultPolicy ? { token_no_default_policy: true } : {}),
    ...(role.explicitMaxTtl > 0 ? { token_explicit_max_ttl: role.explicitMaxTtl } : {}),
    ...(role.period > 0 ? { token_period: role.period } : {}),
    ...(role.numUses > 0 ? { token_num_uses: role.numUses } : {}),
    ...(role.boundCidrs.length > 0 ? { token_bound_cidrs: role.boundCidrs } : {}),
  });

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
