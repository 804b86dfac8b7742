import { z } from 'zod';

/** A policy's or role's name as Vault takes it in a path; Vault writes policy names in small letters. */
const vaultName = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,99}$/);

export const namesSchema = z.strictObject({ policy: vaultName, role: vaultName });
export type SetupNames = z.infer<typeof namesSchema>;

/** The names of HashiCorp's tutorial "DR operation token strategy" (§4.5). */
export const usualNames: SetupNames = {
  policy: 'dr-secondary-promotion',
  role: 'failover-handler',
};

/** How long a batch token lives unless told otherwise: one shift, in seconds. */
export const usualTtlSeconds = 8 * 3600;

/** The path that decides a failover: `capabilities-self` is asked for it. */
export const promotePath = 'sys/replication/dr/secondary/promote';

const secondary = 'sys/replication/dr/secondary';

/** What the token may do, and what each path is for (§4.5; from 2.0 on an attempt needs its paths too, §0.1). */
export const wantedPaths: readonly {
  readonly path: string;
  readonly capabilities: readonly string[];
  readonly why: string;
}[] = [
  { path: promotePath, capabilities: ['read', 'update'], why: 'promote the DR secondary' },
  {
    path: `${secondary}/update-primary`,
    capabilities: ['update'],
    why: 'point a secondary at another primary',
  },
  {
    path: `${secondary}/operation-token/delete`,
    capabilities: ['update'],
    why: 'delete a DR operation token after its use',
  },
  {
    path: `${secondary}/generate-operation-token/attempt`,
    capabilities: ['read', 'update', 'delete'],
    why: 'start, read and cancel a key ceremony (Vault 2.0 and newer)',
  },
  {
    path: `${secondary}/generate-operation-token/update`,
    capabilities: ['update'],
    why: 'give the shares of a key ceremony (Vault 2.0 and newer)',
  },
  {
    path: 'sys/storage/raft/configuration',
    capabilities: ['read', 'update'],
    why: 'read which nodes there are: the harmless call that proves the token on the secondary',
  },
];

/** The policy as it is written, in HCL. */
export const policyText = (): string =>
  wantedPaths
    .map(
      ({ path, capabilities, why }) =>
        `# ${why}\npath "${path}" {\n  capabilities = [${capabilities.map((one) => `"${one}"`).join(', ')}]\n}\n`,
    )
    .join('\n');

/** The role as it is written. Fields that batch tokens cannot have stay unset (§4.5). */
export const wantedRole = ({ policy }: SetupNames) => ({
  allowed_policies: [policy],
  orphan: true,
  renewable: false,
  token_type: 'batch',
});
