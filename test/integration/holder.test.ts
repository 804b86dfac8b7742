import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';
import { HolderBench } from '../fakes/holder-bench.ts';
import { useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

let keyring: PrivateKeyring;
let bench: HolderBench;
beforeAll(async () => {
  keyring = await useKeyring();
});
afterAll(() => keyring.stop());
afterEach(() => bench.close());

const give = (holder: string, n: number) => bench.desk.give(holder, bench.share(n));

describe('a share from a holder’s laptop', () => {
  beforeEach(async () => {
    bench = await HolderBench.open();
  });

  test('goes straight to Vault, after the words were compared, and is on a record that verifies', async () => {
    await bench.desk.takeInvitation(await bench.invitation());
    expect(bench.desk.view()).toMatchObject({
      invitation: { verdict: 'good', read: { site: { name: 'Bench' } } },
      route: { state: 'profile', name: 'Bench' },
    });
    await bench.desk.mayGive();
    expect(bench.desk.view().seen).toMatchObject({ state: 'open', progress: 0, last: false });
    expect((await problemFrom(give('Ana', 0))).known).toContain('words have not been compared');
    expect((await problemFrom(bench.desk.compared('Mallory'))).known).toContain('not in the invit');
    await bench.desk.compared('Ana');
    // As a share that came encrypted to its holder.
    expect(await bench.desk.give('Ana', bench.share(0), 'key file')).toEqual({
      progress: 1,
      required: 3,
      complete: false,
      kept: false,
    });
    expect(bench.told).toMatchObject({ gave: ['Ana'], seen: { state: 'open', progress: 1 } });
    expect(bench.updates).toBe(1);
    const intended = (await bench.events()).find(({ type }) => type === 'share.intended');
    expect(intended).toMatchObject({ holder: 'Ana', progressBefore: 0, openedWith: 'key file' });

    await bench.desk.clear('cleared');
    expect(await bench.types()).toEqual([
      'part.opened',
      'invitation.read',
      'words.compared',
      'share.intended',
      'share.accepted',
      'part.ended',
    ]);
    expect((await bench.events())[0]).toMatchObject({ role: 'holder', cluster: { name: 'Bench' } });
    expect(await bench.verified()).toMatchObject({ rules: { kind: 'hold' }, outcome: 'cleared' });

    // The operator's laptop sees it as given elsewhere.
    await bench.conductor.recheck();
    expect(bench.conductor.state).toMatchObject({ attempt: { progress: 1 } });
    expect(await bench.files()).not.toContain(bench.share(0).expose());
  });

  test('the attempt was swapped, or is gone: refused right before, and nothing is sent', async () => {
    await bench.follow('Ana');
    await bench.desk.mayGive();
    await bench.site.faults.startByAnother();
    expect(await problemFrom(give('Ana', 0))).toMatchObject({
      code: 'ceremony.superseded',
      safe: 'Your share was not sent.',
    });
    expect((await problemFrom(bench.desk.mayGive())).code).toBe('ceremony.superseded');
    expect(bench.desk.view().seen).toMatchObject({ state: 'other' });
    bench.site.faults.cancelByAnother();
    expect((await problemFrom(give('Ana', 0))).code).toBe('ceremony.gone');
    expect(bench.desk.view().seen).toMatchObject({ state: 'none' });
    expect(await bench.types()).not.toContain('share.intended');
    expect(bench.updates).toBe(0);
  });

  test('after a change of the leader it asks the node that leads now', async () => {
    await bench.follow('Ana');
    await bench.desk.mayGive();
    bench.site.faults.changeLeader();
    expect((await problemFrom(give('Ana', 0))).code).toBe('ceremony.gone');
    bench.site.faults.bringBackLeader();
    expect(await give('Ana', 0)).toMatchObject({ progress: 1 });
  });

  test('another cluster than the one that is pinned: refused, by the invitation and by what answers', async () => {
    await bench.follow('Ana');
    const [profile] = bench.profiles;
    if (!profile?.pins) throw new Error('There is no profile.');
    // Another secondary of the same primary: only the id that was pinned tells them apart.
    const pins = { ...profile.pins, secondaryId: 'another-secondary' };
    bench.profiles = [{ ...profile, pins }];
    expect((await problemFrom(give('Ana', 0))).known).toContain('another cluster Bench');
    bench.profiles = [{ ...profile, name: 'Theirs', pins }];
    expect((await problemFrom(give('Ana', 0))).known).toContain('no profile of Bench');
    // An operator who pinned nothing: what answers is held against this laptop's own pins.
    bench.profiles = [{ ...profile, pins }];
    const site = { name: 'Bench', colour: 'teal', seal: 'shamir' };
    await bench.desk.takeInvitation(await bench.invitationThat({ site }));
    expect(bench.desk.view().invitation?.verdict).toBe('good');
    expect((await problemFrom(bench.desk.mayGive())).code).toBe('profile.pin-mismatch');
    expect((await problemFrom(give('Ana', 0))).code).toBe('profile.pin-mismatch');
    expect(bench.updates).toBe(0);
  });

  test('another key than the invitation’s would read the token: refused', async () => {
    const pgpFingerprint = 'ab'.repeat(20);
    await bench.desk.takeInvitation(await bench.invitationThat({ pgpFingerprint }));
    await bench.desk.compared('Ana');
    expect((await problemFrom(give('Ana', 0))).code).toBe('pgp.fingerprint-differs');
    expect(bench.updates).toBe(0);
  });

  test('without a profile, or with one that was never tested: refused, and the share can be sealed', async () => {
    const [profile] = bench.profiles;
    if (!profile) throw new Error('There is no profile.');
    const { pins: _, ...unpinned } = profile;
    await bench.follow('Ana');
    const asked = bench.site.requests.length;
    for (const [profiles, says] of [
      [[], 'no profile of Bench'],
      [[unpinned], 'never tested in daylight'],
    ] as const) {
      bench.profiles = profiles;
      expect(bench.desk.view().route).toMatchObject({ state: 'none' });
      expect((await problemFrom(bench.desk.mayGive())).known).toContain(says);
      const refused = await problemFrom(give('Ana', 0));
      expect(refused.known).toContain(says);
      expect(refused.next).toContain('Seal the share');
    }
    expect(bench.site.requests.length).toBe(asked);
    await bench.desk.invited.seal('Ana', bench.share(0));
    expect(bench.desk.view().sealed).toMatchObject({ holder: 'Ana' });
  });

  test('an expired or altered invitation: refused', async () => {
    const now = Date.now() - 2 * 3_600_000;
    await bench.desk.takeInvitation(await bench.invitationThat({}, { now, hours: 1 }));
    expect(bench.desk.view().invitation?.verdict).toBe('refused');
    const ways = [
      () => bench.desk.mayGive(),
      () => bench.desk.compared('Ana'),
      () => give('Ana', 0),
    ];
    for (const way of ways) expect((await problemFrom(way())).known).toContain('has expired');

    const good = Buffer.from(await bench.invitation()).toString();
    const altered = Buffer.from(good.replace('"required":3', '"required":4'));
    expect((await problemFrom(bench.desk.takeInvitation(altered))).known).toContain('was altered');
    expect(bench.updates).toBe(0);
  });

  test('an unknown signer: refused until two people compared every word, and that is a deviation', async () => {
    const stranger = new RecordSigningKey(
      new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true }),
    );
    await bench.desk.takeInvitation(await bench.invitationThat({}, { signer: stranger }));
    expect(bench.desk.view()).toMatchObject({ invitation: { verdict: 'signer-unknown' } });
    expect(bench.desk.view().route).toBeUndefined();
    expect((await problemFrom(bench.desk.mayGive())).known).toContain('not to be followed yet');
    const { fingerprint } = await stranger.identity();
    await bench.desk.trustSigner(fingerprint, 'Ana', 'Wim');
    await bench.desk.compared('Ana');
    expect(await give('Ana', 0)).toMatchObject({ progress: 1 });
    await bench.desk.clear('cleared');
    const { deviations } = await bench.verified();
    expect(JSON.stringify(deviations)).toContain('Ana compared every word');
  });

  test('the last share is not given from here; sealed, the operator’s laptop gives it', async () => {
    await bench.follow('Ana');
    await give('Ana', 0);
    await bench.site.faults.giveElsewhere(1);
    await bench.desk.compared('Chidi');
    const last = await problemFrom(bench.desk.mayGive());
    expect(last.known).toContain('the last of 3');
    expect(bench.desk.view().seen).toMatchObject({ state: 'open', progress: 2, last: true });
    expect((await problemFrom(give('Chidi', 2))).known).toContain('the last of 3');
    expect(bench.updates).toBe(1);

    await bench.desk.invited.seal('Chidi', bench.share(2));
    const { bytes } = bench.parcels.of(bench.desk.view().sealed?.parcel ?? '').parcel;
    await bench.conductor.recheck();
    expect(await bench.conductor.attempt.giveSealedShare(bytes)).toMatchObject({ complete: true });
  });

  test('a lost reply is resolved by reading, and nothing is sent twice', async () => {
    await bench.follow('Ana');
    bench.site.faults.dropNext('update', 'before');
    expect((await problemFrom(give('Ana', 0))).code).toBe('ceremony.outcome-unknown');
    expect(bench.desk.view()).toMatchObject({ pending: 'Ana' });
    expect((await problemFrom(give('Ana', 0))).known).toContain('not known yet');
    await bench.desk.look();
    expect((await bench.events()).at(-1)).toMatchObject({ found: 'not-counted', progress: 0 });

    bench.site.faults.dropNext('update', 'after');
    await problemFrom(give('Ana', 0));
    expect(bench.updates).toBe(2);
    await bench.desk.mayGive();
    expect((await bench.events()).at(-1)).toMatchObject({ found: 'perhaps-counted', progress: 1 });
    expect(bench.desk.view()).toMatchObject({ gave: [], doubtful: ['Ana'] });
    expect(bench.updates).toBe(2);

    // A person gives it again: Vault says that it has it.
    expect(await give('Ana', 0)).toMatchObject({ progress: 1, complete: false });
    expect((await bench.events()).at(-1)).toMatchObject({ shownBy: 'duplicate', progress: 1 });
    expect(bench.desk.view()).toMatchObject({ gave: ['Ana'], doubtful: [] });
  });

  test('a share that Vault has is refused as such, and a doubt at the end is an open item', async () => {
    await bench.follow('Ana');
    await give('Ana', 0);
    await bench.desk.compared('Ben');
    expect((await problemFrom(give('Ben', 0))).code).toBe('vault.duplicate-share');
    expect((await bench.events()).at(-1)?.type).toBe('share.refused');
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(give('Ben', 1));
    await bench.desk.clear('cleared');
    const { openItems } = await bench.verified();
    expect(JSON.stringify(openItems)).toContain('share of Ben');
  });

  test('the shares of the round did not combine: the holder is told to give again, and can', async () => {
    await bench.follow('Ana');
    await give('Ana', 0);
    await bench.site.faults.giveElsewhere(1);
    await bench.conductor.recheck();
    const foreign = bench.conductor.attempt.giveShare('Chidi', bench.site.foreignShare());
    expect((await problemFrom(foreign)).code).toBe('vault.shares-do-not-combine');
    await bench.desk.look();
    expect((await bench.events()).at(-1)).toEqual({ type: 'round.began', progress: 0 });
    expect(bench.desk.view()).toMatchObject({ gave: [], newRound: true });
    await bench.desk.mayGive();
    expect(await give('Ana', 0)).toMatchObject({ progress: 1 });
    expect(bench.desk.view()).toMatchObject({ gave: ['Ana'], newRound: false });
  });

  test('a crash with a share under way: told after the restart, and never sent again', async () => {
    await bench.follow('Ana');
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(give('Ana', 0));
    await bench.restart();
    expect(bench.desk.view()).toMatchObject({ leftOver: ['Ana'], gave: [] });
    expect(bench.desk.view().kept).toBeUndefined();
    expect((await bench.events()).at(-1)).toMatchObject({ why: 'interrupted' });
    expect(bench.updates).toBe(1);
  });
});

describe('a Vault that asks for a token beside the share', () => {
  test('says so, never sends one, and the share can be sealed', async () => {
    bench = await HolderBench.open({ version: '2.0.1' });
    await bench.follow('Ana');
    const demanded = await problemFrom(bench.desk.mayGive());
    expect(demanded).toMatchObject({ code: 'vault.permission-denied' });
    expect(demanded.next).toContain('Seal');
    expect(bench.desk.view().seen).toMatchObject({ state: 'token-demanded' });
    expect((await problemFrom(give('Ana', 0))).code).toBe('vault.permission-denied');
    expect(bench.updates).toBe(0);
    await bench.desk.invited.seal('Ana', bench.share(0));
    const { bytes } = bench.parcels.of(bench.desk.view().sealed?.parcel ?? '').parcel;
    expect(await bench.conductor.attempt.giveSealedShare(bytes)).toMatchObject({ progress: 1 });
  });

  test('also where it asks only as the share arrives', async () => {
    bench = await HolderBench.open({ version: '2.0.1', allowUnauthenticated: true });
    await bench.follow('Ana');
    await bench.desk.mayGive();
    bench.book.onEvent = ({ type }) => {
      if (type === 'share.intended') bench.site.faults.closeDoor();
      return Promise.resolve();
    };
    expect((await problemFrom(give('Ana', 0))).code).toBe('vault.permission-denied');
    expect((await bench.events()).at(-1)?.type).toBe('share.refused');
    expect(bench.desk.view().seen).toMatchObject({ state: 'token-demanded' });
  });
});
