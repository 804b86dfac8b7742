/** How a standby of the DR secondary treats a call that only the active node can answer. */
export type StandbyAnswer = 'forward' | 'redirect' | 'refuse';

/**
 * The facts no Enterprise server has confirmed ([U] in the protocol reference). Each member is one
 * of them, with every plausible answer; the app must end well under all. The first answer in
 * `switchAnswers` is the default.
 */
export interface PracticeSwitches {
  /** Vault 2.x with a token: attempt fields at the top, or inside `data` (§1.3). */
  readonly authenticatedShape: 'flat' | 'data';
  /** What a successful `operation-token/delete` says (§4.1). */
  readonly deleteTokenStatus: 204 | 200;
  /** Whether `operation-token/delete` still answers once the cluster is a primary (§9). */
  readonly deleteTokenAfterPromotion: 'works' | 'not-a-dr-secondary' | 'unsupported-path';
  /** Whether the DR operation token may revoke itself on the promoted cluster (§9). */
  readonly revokeSelfAfterPromotion: 'works' | 'permission-denied';
  /** Whether the promoted cluster still knows the DR operation token (§9). */
  readonly tokenSurvivesPromotion: boolean;
  /** Status that carries `Not a DR secondary.` (§1.4). */
  readonly notDrSecondaryStatus: 400 | 403 | 405;
  /** Status that carries `permission denied` for a wrong `dr_operation_token` (§9). */
  readonly badDrTokenStatus: 403 | 400;
  /** What the standbys do when the active node has become a primary (§4.4). */
  readonly standbysAfterPromotion: 'stay-unsealed' | 'restart-sealed-briefly';
  /** A successful promote: Vault's warning, another warning, the docs' stale sample, or no body (§4.1). */
  readonly promoteReply: '200-warnings' | '200-other-warning' | '200-stale-sample' | '204';
  /** The words of the 503 that refuses to promote a cluster which has not caught up (§4.1). */
  readonly catchingUpText:
    | 'replication is still catching up to the primary; retry the promotion later or set force to true'
    | 'unable to promote: secondary is still catching up with its primary, try again later or use force';
  /** Whether an attempt is still in the old active node's memory when leadership returns (§1.5-4). */
  readonly attemptSurvivesLeaderChange: boolean;
  /** A standby asked for the ceremony's calls (§1.4, §9 "perf-standby handling"). */
  readonly standbyAnswer: StandbyAnswer;
  /** `state` in `dr/status` while the primary cannot be reached (§3.5). */
  readonly stateWithoutPrimary: 'stream-wals' | 'idle';
  /** Whether the DR operation token carries the service token's prefix (§2). */
  readonly tokenShape: 'prefixed' | 'bare';
  /** A call with a namespace on a path that only the root namespace has (§1.1). */
  readonly namespacedRootPath: '404-unsupported-path' | '400-unavailable';
  /** What a primary says on the paths of `generate-operation-token`; `permission-first`: asks for a token before (§1.4). */
  readonly drPathsOnPrimary: 'not-a-dr-secondary' | 'unsupported-path' | 'permission-first';
  /** Vault 2.x: whose `enable_unauthenticated_access` a standby goes by when it is asked (§0.1). */
  readonly doorDecidedBy: 'node-asked' | 'active-node';
  /** Vault 2.x: the capability a batch token needs to start an attempt or to give a share (§0.1). */
  readonly attemptWriteNeeds: 'update' | 'create';
  /** Whether each path that takes `dr_operation_token` asks for its own place in the policy (§4.5). */
  readonly drTokenPolicy: 'per-path' | 'any-valid';
  /** Vault 2.x: whether the primary's root token may stand as `dr_operation_token` (§0.1). */
  readonly rootTokenAsDrToken: boolean;
  /** Whether a policy changed on the primary changes what a batch token may do on the secondary (§4.5). */
  readonly policyChangeReachesSecondary: boolean;
  /** Vault 2.x: whether `operation-token/delete` asks for `X-Vault-Token` too, as HashiCorp's changes say (§4.1). */
  readonly deleteNeedsVaultToken: boolean;
  /** A secondary attached to a primary of a newer version: it never connects, or the call is refused (§4.3). */
  readonly olderSecondary: 'never-connects' | 'refused';
  /** Whether a performance secondary finds the promoted cluster by itself (§4.3). */
  readonly performanceFollowsNewPrimary: boolean;
  /** What a successful `revoke-secondary` says (§4.2). */
  readonly revokeSecondaryStatus: 204 | 200;
}

export const switchAnswers: {
  readonly [Name in keyof PracticeSwitches]: readonly PracticeSwitches[Name][];
} = {
  authenticatedShape: ['flat', 'data'],
  deleteTokenStatus: [204, 200],
  deleteTokenAfterPromotion: ['works', 'not-a-dr-secondary', 'unsupported-path'],
  revokeSelfAfterPromotion: ['works', 'permission-denied'],
  tokenSurvivesPromotion: [true, false],
  notDrSecondaryStatus: [400, 403, 405],
  badDrTokenStatus: [403, 400],
  standbysAfterPromotion: ['stay-unsealed', 'restart-sealed-briefly'],
  promoteReply: ['200-warnings', '200-other-warning', '200-stale-sample', '204'],
  catchingUpText: [
    'replication is still catching up to the primary; retry the promotion later or set force to true',
    'unable to promote: secondary is still catching up with its primary, try again later or use force',
  ],
  attemptSurvivesLeaderChange: [true, false],
  standbyAnswer: ['forward', 'redirect', 'refuse'],
  stateWithoutPrimary: ['stream-wals', 'idle'],
  tokenShape: ['prefixed', 'bare'],
  namespacedRootPath: ['404-unsupported-path', '400-unavailable'],
  drPathsOnPrimary: ['not-a-dr-secondary', 'unsupported-path', 'permission-first'],
  doorDecidedBy: ['node-asked', 'active-node'],
  attemptWriteNeeds: ['update', 'create'],
  drTokenPolicy: ['per-path', 'any-valid'],
  rootTokenAsDrToken: [true, false],
  policyChangeReachesSecondary: [true, false],
  deleteNeedsVaultToken: [false, true],
  olderSecondary: ['never-connects', 'refused'],
  performanceFollowsNewPrimary: [false, true],
  revokeSecondaryStatus: [204, 200],
};

export const defaultSwitches: PracticeSwitches = {
  authenticatedShape: 'flat',
  deleteTokenStatus: 204,
  deleteTokenAfterPromotion: 'works',
  revokeSelfAfterPromotion: 'works',
  tokenSurvivesPromotion: true,
  notDrSecondaryStatus: 400,
  badDrTokenStatus: 403,
  standbysAfterPromotion: 'stay-unsealed',
  promoteReply: '200-warnings',
  catchingUpText:
    'replication is still catching up to the primary; retry the promotion later or set force to true',
  attemptSurvivesLeaderChange: true,
  standbyAnswer: 'forward',
  stateWithoutPrimary: 'stream-wals',
  tokenShape: 'prefixed',
  namespacedRootPath: '404-unsupported-path',
  drPathsOnPrimary: 'not-a-dr-secondary',
  doorDecidedBy: 'node-asked',
  attemptWriteNeeds: 'update',
  drTokenPolicy: 'per-path',
  rootTokenAsDrToken: true,
  policyChangeReachesSecondary: true,
  deleteNeedsVaultToken: false,
  olderSecondary: 'never-connects',
  performanceFollowsNewPrimary: false,
  revokeSecondaryStatus: 204,
};

export interface SwitchSetting {
  readonly name: keyof PracticeSwitches;
  readonly answer: string;
  readonly switches: PracticeSwitches;
}

/** Every switch in each of its positions, the others at their default: what tests and rehearsals walk through. */
export function everySwitchSetting(): readonly SwitchSetting[] {
  return [
    ...settingsOf('authenticatedShape'),
    ...settingsOf('deleteTokenStatus'),
    ...settingsOf('deleteTokenAfterPromotion'),
    ...settingsOf('revokeSelfAfterPromotion'),
    ...settingsOf('tokenSurvivesPromotion'),
    ...settingsOf('notDrSecondaryStatus'),
    ...settingsOf('badDrTokenStatus'),
    ...settingsOf('standbysAfterPromotion'),
    ...settingsOf('promoteReply'),
    ...settingsOf('catchingUpText'),
    ...settingsOf('attemptSurvivesLeaderChange'),
    ...settingsOf('standbyAnswer'),
    ...settingsOf('stateWithoutPrimary'),
    ...settingsOf('tokenShape'),
    ...settingsOf('namespacedRootPath'),
    ...settingsOf('drPathsOnPrimary'),
    ...settingsOf('doorDecidedBy'),
    ...settingsOf('attemptWriteNeeds'),
    ...settingsOf('drTokenPolicy'),
    ...settingsOf('rootTokenAsDrToken'),
    ...settingsOf('policyChangeReachesSecondary'),
    ...settingsOf('deleteNeedsVaultToken'),
    ...settingsOf('olderSecondary'),
    ...settingsOf('performanceFollowsNewPrimary'),
    ...settingsOf('revokeSecondaryStatus'),
  ];
}

function settingsOf<Name extends keyof PracticeSwitches>(name: Name): readonly SwitchSetting[] {
  return switchAnswers[name].map((answer) => ({
    name,
    answer: String(answer),
    switches: { ...defaultSwitches, [name]: answer },
  }));
}
