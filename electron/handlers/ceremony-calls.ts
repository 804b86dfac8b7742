import type { GuideCalls, Office } from './handlers.ts';

/** The guide's commands to a ceremony. Each is one line: the conductor knows the rules. */
export function ceremonyCalls({ ceremonies, clusters, host, pgp }: Office): GuideCalls<'ceremony'> {
  const take = (id: Parameters<typeof ceremonies.take>[0]) => ceremonies.take(id);
  return {
    'ceremony.list': () => ceremonies.list(),
    'ceremony.open': async ({ profileId, purpose }) => ({
      id: await ceremonies.begin(profileId, purpose),
    }),
    'ceremony.read': async ({ id }) => [...(await ceremonies.read(id))],
    'ceremony.preflight': async ({ id }) => (await take(id)).prepare.preflight(),
    'ceremony.set-roster': async ({ id, roster }) => (await take(id)).prepare.setRoster(roster),
    'ceremony.choose-way': async ({ id, ...choice }) => (await take(id)).prepare.chooseWay(choice),
    'ceremony.no-vault-token': async ({ id }) => (await take(id)).prepare.noVaultToken(),
    'ceremony.vault-token': async ({ id }) => {
      const { profileId } = (await take(id)).state.cluster;
      const enteredAt = clusters.vaultTokenEnteredAt(profileId);
      return enteredAt === undefined ? {} : { enteredAt };
    },
    'ceremony.batch-tokens': async ({ id }) => [...(await (await take(id)).prepare.batchTokens())],
    'ceremony.use-batch-token': async ({ id, token }) =>
      (await take(id)).prepare.useBatchToken(token),
    'ceremony.arm': async ({ id, token }) => (await take(id)).prepare.arm(token),
    'ceremony.open-door': async ({ id, by }) => (await take(id)).door.open(by),
    'ceremony.probe-door': async ({ id }) => (await take(id)).door.probe(),
    'ceremony.close-door': async ({ id, by }) => (await take(id)).door.close(by),
    'ceremony.put-off-door': async ({ id, by, why }) => (await take(id)).door.putOff(by, why),
    'ceremony.vouch-door': async ({ id, node, by, how }) =>
      (await take(id)).door.vouch({ node, by, how }),
    'ceremony.start': async ({ id, key }) =>
      (await take(id)).attempt.start(key && (await pgp.startKey(key))),
    'ceremony.set-signing-key': async ({ id, person, key }) => {
      const { fingerprint, userIds } = await (await take(id)).prepare.setSigningKey(person, key);
      return { fingerprint, userIds: [...userIds] };
    },
    'ceremony.cancel': async ({ id, typed }) => {
      await (await take(id)).attempt.cancel(typed);
      await closeEntries();
    },
    'ceremony.cancel-found': async ({ id, ...found }) =>
      (await take(id)).attempt.cancelFound(found),
    'ceremony.claim-found': async ({ id, claim }) => (await take(id)).attempt.claimFound(claim),
    'ceremony.join': async ({ id }) => (await take(id)).attempt.join(),
    'ceremony.trust-certificate': async ({ id, trusted }) =>
      (await take(id)).prepare.trustCertificate(trusted),
    'ceremony.expired': async ({ id }) => [...(await take(id)).expired],
    'ceremony.look-at-primary': async ({ id }) => ({
      sentence: await (await take(id)).promotion.lookAtPrimary(),
    }),
    'ceremony.recheck': async ({ id }) => ({ sentence: await (await take(id)).recheck() }),
    'ceremony.name-elsewhere': async ({ id, holder, means }) =>
      (await take(id)).attempt.nameElsewhere(holder, means),
    'ceremony.keep-encoded-token': async ({ id }) => (await take(id)).token.keepEncoded(),
    'ceremony.decode': async ({ id }) => (await take(id)).token.decode(),
    'ceremony.decode-with-gpg': async ({ id }) =>
      (await take(id)).token.decode({ with: 'gpg', opener: pgp.opener() }),
    'ceremony.state-fencing': async ({ id, fencing }) =>
      (await take(id)).promotion.stateFencing(fencing),
    'ceremony.delete-token': async ({ id }) => {
      await (await take(id)).token.delete();
    },
    'ceremony.leave-token': async ({ id, why, owner }) => (await take(id)).token.leave(why, owner),
    'ceremony.store-token': async ({ id, ...stored }) => (await take(id)).token.store(stored),
    'ceremony.reset-unseal': async ({ id, by, why }) =>
      (await take(id)).attempt.resetUnseal(by, why),
    'ceremony.waive-node': async ({ id, ...waived }) => (await take(id)).attempt.waiveNode(waived),
    'ceremony.leave': async ({ id, by, why }) => {
      await (await take(id)).ending.leave(by, why);
      await closeEntries();
    },
    'ceremony.end': async ({ id }) => {
      await (await take(id)).ending.end();
      await closeEntries();
    },
    'ceremony.note': async ({ id, by, note }) =>
      (await take(id)).notes.remark({ type: 'note.added', by, note }),
    'ceremony.deviation': async ({ id, ...deviation }) =>
      (await take(id)).notes.remark({ type: 'deviation.recorded', ...deviation }),
    'ceremony.sign-off': async ({ id, step, by }) => (await take(id)).notes.signOff(step, by),
    'ceremony.check-done': async ({ id, check, by }) =>
      (await take(id)).notes.settleCheck({ type: 'check.done', id: check, by }),
    'ceremony.check-set-aside': async ({ id, check, why, agreedBy }) =>
      (await take(id)).notes.settleCheck({ type: 'check.set-aside', id: check, why, agreedBy }),
    'ceremony.stop-safely': async ({ id }) => {
      await closeEntries();
      await (await take(id)).notes.remark({ type: 'interrupted', what: 'stopped-safely' });
    },
  };

  async function closeEntries(): Promise<void> {
    await Promise.all(
      (['share-entry', 'secret-entry', 'promote', 'scan'] as const).map((surface) =>
        host.closeSurface(surface),
      ),
    );
  }
}
