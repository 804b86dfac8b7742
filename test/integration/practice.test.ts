import { createHash, randomBytes } from 'node:crypto';
import { createMessage, decrypt, encrypt, generateKey, readMessage } from 'openpgp';
import { afterEach, describe, expect, it } from 'vitest';
import { PracticeSite, type PracticeOptions } from '../../electron/practice/site.ts';
import {
  ask,
  attempt,
  complete,
  dataOf,
  decode,
  dr,
  give,
  share,
  start,
  status,
  textOf,
  update,
  type Answer,
  type Call,
} from './practice-client.ts';

let site: PracticeSite;
const begin = async (options: PracticeOptions = {}): Promise<PracticeSite> => {
  site = await PracticeSite.start(options);
  return site;
};
afterEach(async () => site.stop());

/** One row of the table of errors: what is asked, in which situation, and what comes back. */
interface Row {
  readonly situation: string;
  readonly options?: PracticeOptions;
  /** Brings the situation about; what it gives is handed to `call`, as a rule the nonce. */
  readonly arrange?: (site: PracticeSite) => Promise<string>;
  readonly call: (site: PracticeSite, nonce: string) => Call;
  readonly status: number;
  readonly error: string | RegExp | undefined;
}

const started = async (on: PracticeSite): Promise<string> =>
  textOf((await start(on)).json['nonce']);

const oneGiven = async (on: PracticeSite): Promise<string> => {
  const nonce = await started(on);
  await give(on, share(on, 0), nonce);
  return nonce;
};

/** An attempt that lacks one share; `second` is given as the second. */
const oneMissing =
  (second: (on: PracticeSite) => string) =>
  async (on: PracticeSite): Promise<string> => {
    const nonce = await oneGiven(on);
    expect((await give(on, second(on), nonce)).json['progress']).toBe(2);
    return nonce;
  };

/** Share 3 with another body under the tag of share 1. */
const sameTag = (on: PracticeSite): string => {
  const first = Buffer.from(share(on, 0), 'base64');
  return Buffer.concat([randomBytes(32), first.subarray(32)]).toString('base64');
};

const sendShare = (key: string, nonce: string): Call => ({ path: update, body: { key, nonce } });
const third = (on: PracticeSite, nonce: string): Call => sendShare(share(on, 2), nonce);
const armour = '-----BEGIN PGP PUBLIC KEY BLOCK-----';

const rows: readonly Row[] = [
  {
    situation: 'a second start while an attempt runs',
    arrange: started,
    call: () => ({ path: attempt, body: {} }),
    status: 400,
    error: 'root generation already in progress',
  },
  {
    situation: 'a start of the other kind while an attempt runs: one slot for both',
    arrange: started,
    call: () => ({ path: 'sys/generate-root/attempt', body: {} }),
    status: 400,
    error: 'root generation already in progress',
  },
  {
    situation: 'an OTP of the wrong length',
    call: () => ({ path: attempt, body: { otp: 'x'.repeat(26) } }),
    status: 400,
    error: 'OTP string is wrong length',
  },
  {
    situation: 'an armoured PGP key',
    call: () => ({ path: attempt, body: { pgp_key: armour } }),
    status: 400,
    error: /^error parsing PGP key: error decoding given PGP key: illegal base64 data/,
  },
  {
    situation: 'base64 that is no PGP key',
    call: () => ({ path: attempt, body: { pgp_key: 'bm8ga2V5' } }),
    status: 400,
    error: /^error parsing PGP key: error parsing given PGP key: /,
  },
  {
    situation: 'a share while nothing runs',
    call: (on) => sendShare(share(on, 0), ''),
    status: 400,
    error: 'no root generation in progress',
  },
  {
    situation: 'a wrong nonce: the reply discloses the real one',
    arrange: started,
    call: (on) => sendShare(share(on, 0), '00000000-0000-0000-0000-000000000000'),
    status: 400,
    error:
      /^incorrect nonce supplied; nonce for this root generation operation is "[0-9a-f-]{36}"$/,
  },
  {
    situation: 'an empty nonce is just a wrong one',
    arrange: started,
    call: (on) => ({ path: update, body: { key: share(on, 0) } }),
    status: 400,
    error: /^incorrect nonce supplied; /,
  },
  {
    situation: 'a share for an attempt of the other kind',
    arrange: async (on) =>
      textOf((await ask(on, { path: 'sys/generate-root/attempt', body: {} })).json['nonce']),
    call: (on, nonce) => sendShare(share(on, 0), nonce),
    status: 400,
    error:
      'incorrect strategy supplied; a generate root operation of another type is already in progress',
  },
  {
    situation: 'the same share twice',
    arrange: oneGiven,
    call: (on, nonce) => sendShare(share(on, 0), nonce),
    status: 400,
    error: 'given key has already been provided during this generation operation',
  },
  {
    situation: 'the same share twice, the second time in hex',
    arrange: oneGiven,
    call: (on, nonce) =>
      sendShare(Buffer.from(share(on, 0), 'base64').toString('hex').toUpperCase(), nonce),
    status: 400,
    error: 'given key has already been provided during this generation operation',
  },
  {
    situation: 'no key',
    arrange: started,
    call: (_on, nonce) => ({ path: update, body: { nonce } }),
    status: 400,
    error: "'key' must be specified in request body as JSON",
  },
  {
    situation: 'an empty key',
    arrange: started,
    call: (_on, nonce) => sendShare('', nonce),
    status: 400,
    error: "'key' must be specified in request body as JSON",
  },
  {
    situation: 'a key that is neither hex nor base64',
    arrange: started,
    call: (_on, nonce) => sendShare('not a share!', nonce),
    status: 400,
    error: "'key' must be a valid hex or base64 string",
  },
  {
    situation: 'a key with a space around it: the server trims nothing',
    arrange: started,
    call: (on, nonce) => sendShare(`${share(on, 0)} `, nonce),
    status: 400,
    error: "'key' must be a valid hex or base64 string",
  },
  {
    situation: 'a key in URL-safe base64',
    arrange: started,
    call: (_on, nonce) => sendShare(`-_${'A'.repeat(42)}`, nonce),
    status: 400,
    error: "'key' must be a valid hex or base64 string",
  },
  {
    situation: 'a key of 15 bytes',
    arrange: started,
    call: (_on, nonce) => sendShare(randomBytes(15).toString('base64'), nonce),
    status: 400,
    error: 'invalid key: key is shorter than minimum 16 bytes',
  },
  {
    situation: 'a key of 34 bytes',
    arrange: started,
    call: (_on, nonce) => sendShare(randomBytes(34).toString('base64'), nonce),
    status: 400,
    error: 'invalid key: key is longer than maximum 33 bytes',
  },
  {
    situation: 'hex that is too long is read as base64',
    arrange: started,
    call: (_on, nonce) => sendShare('ab'.repeat(34), nonce),
    status: 400,
    error: 'invalid key: key is longer than maximum 33 bytes',
  },
  {
    situation: 'an update without a body',
    arrange: started,
    call: () => ({ path: update, method: 'PUT' }),
    status: 400,
    error: 'failed to parse JSON input: EOF',
  },
  {
    situation: 'an update that is not JSON',
    arrange: started,
    call: () => ({ path: update, rawBody: 'key=1' }),
    status: 400,
    error: /^failed to parse JSON input: /,
  },
  {
    situation: 'a key that is a number',
    arrange: started,
    call: (_on, nonce) => ({ path: update, body: { key: 1, nonce } }),
    status: 400,
    error: /^failed to parse JSON input: json: cannot unmarshal number/,
  },
  {
    situation: 'at the threshold, two parts with one tag',
    arrange: oneMissing(sameTag),
    call: third,
    status: 400,
    error: 'failed to compute root key: duplicate part detected',
  },
  {
    situation: 'at the threshold, parts of different lengths',
    arrange: oneMissing(() => randomBytes(20).toString('base64')),
    call: third,
    status: 400,
    error: 'failed to compute root key: all parts must be the same length',
  },
  {
    situation: 'at the threshold, a share of another cluster (Shamir seal)',
    arrange: oneMissing((on) => on.foreignShare().expose()),
    call: third,
    status: 400,
    error:
      /^root generation aborted: unable to authenticate: unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: .*cipher: message authentication failed$/,
  },
  {
    situation: 'at the threshold, a share of another cluster (auto-unseal)',
    options: { seal: 'auto-unseal' },
    arrange: oneMissing((on) => on.foreignShare().expose()),
    call: third,
    status: 400,
    error:
      'root generation aborted: unable to authenticate: recovery key verification failed: recovery key does not match submitted values',
  },
  {
    situation: 'a threshold of one, and another key',
    options: { shares: 1, threshold: 1 },
    arrange: started,
    call: (on, nonce) => sendShare(on.foreignShare().expose(), nonce),
    status: 400,
    error: /^root generation aborted/,
  },
  {
    situation: 'a sealed node',
    arrange: async (on) => {
      on.faults.seal();
      return '';
    },
    call: () => ({ path: attempt }),
    status: 503,
    error: 'Vault is sealed',
  },
  {
    situation: 'a server that was never initialised',
    arrange: async (on) => {
      on.faults.uninitialised();
      return '';
    },
    call: () => ({ path: attempt }),
    status: 400,
    error: 'server is not yet initialized',
  },
  ...(['GET', 'DELETE', 'PUT'] as const).map((method): Row => ({
    situation: `a standby reached directly without forwarding, ${method}`,
    arrange: async (on) => {
      on.faults.standbys('refuse');
      return '';
    },
    call: (on) => ({ path: attempt, method, ...onStandby(on) }),
    status: method === 'PUT' ? 400 : 500,
    error: 'Vault is in standby mode',
  })),
  {
    situation: 'a standby that knows no leader',
    arrange: async (on) => {
      on.faults.leaderless();
      return '';
    },
    call: () => ({ path: attempt }),
    status: 500,
    error: 'local node not active but active cluster node not found',
  },
  {
    situation: 'a standby asked not to forward',
    call: (on) => ({
      path: attempt,
      ...onStandby(on),
      headers: { 'X-Vault-No-Request-Forwarding': 'true' },
    }),
    status: 307,
    error: undefined,
  },
  {
    situation: 'an ordinary path on a DR secondary',
    call: (on) => ({
      path: 'auth/token/lookup-self',
      headers: { 'X-Vault-Token': on.rootToken.expose() },
    }),
    status: 400,
    error: 'path disabled in replication DR secondary mode',
  },
  {
    situation: 'promote without dr_operation_token',
    call: () => ({ path: `${dr}/promote`, body: {} }),
    status: 400,
    error: 'DR operation token was not provided',
  },
  {
    situation: 'promote with a wrong dr_operation_token',
    call: () => ({
      path: `${dr}/promote`,
      body: { dr_operation_token: 'hvs.nobodyknowsthistoken' },
    }),
    status: 403,
    error: 'permission denied',
  },
  {
    situation: 'a DR secondary’s call on a primary',
    call: (on) => ({ path: attempt, node: on.primary, body: {} }),
    status: 400,
    error: 'Not a DR secondary.',
  },
  {
    situation: 'Vault 2.x without a token',
    options: { version: '2.0.0' },
    call: () => ({ path: attempt, body: {} }),
    status: 403,
    error: 'permission denied',
  },
  {
    situation: 'Vault 2.x with a wrong token',
    options: { version: '2.0.0' },
    call: () => ({ path: attempt, body: {}, headers: { 'X-Vault-Token': 'hvs.wrong' } }),
    status: 403,
    error: 'permission denied',
  },
  {
    situation: 'a rate-limit quota',
    arrange: async (on) => {
      on.faults.rateLimitNext({ kind: 'attempt-start' });
      return '';
    },
    call: () => ({ path: attempt, body: {} }),
    status: 429,
    error: /rate limit quota exceeded$/,
  },
  {
    situation: 'a method that an attempt does not know',
    call: () => ({ path: attempt, method: 'PATCH' }),
    status: 405,
    error: undefined,
  },
  {
    situation: 'reading update: a share is wanted whatever the method',
    call: () => ({ path: update }),
    status: 400,
    error: 'failed to parse JSON input: EOF',
  },
];

function onStandby(on: PracticeSite): Pick<Call, 'node'> {
  const node = on.nodes[1];
  return node === undefined ? {} : { node };
}

describe('every row of the table of errors (§1.4)', () => {
  it.each(rows)('$situation', async (row) => {
    const on = await begin(row.options);
    const nonce = (await row.arrange?.(on)) ?? '';
    const answer = await ask(on, row.call(on, nonce));
    expect(answer.status).toBe(row.status);
    if (row.error === undefined) {
      expect(answer.text).toBe(row.status === 405 ? '{"errors":[]}\n' : '');
    } else {
      const error = typeof row.error === 'string' ? row.error : expect.stringMatching(row.error);
      expect(answer.json).toEqual({ errors: [error] });
    }
  });

  it('names the real nonce when given a wrong one', async () => {
    const nonce = await started(await begin());
    const answer = await give(site, share(site, 0), 'other');
    expect(answer.text).toContain(nonce);
  });

  it('says in Location where the active node is', async () => {
    await begin();
    const answer = await ask(site, {
      path: attempt,
      ...onStandby(site),
      headers: { 'X-Vault-No-Request-Forwarding': 'true' },
    });
    expect(answer.headers['location']).toBe(`${site.nodes[0]}/v1/${attempt}`);
  });
});

const quiet = {
  nonce: '',
  started: false,
  progress: 0,
  required: 3,
  complete: false,
  encoded_token: '',
  encoded_root_token: '',
  pgp_fingerprint: '',
  otp: '',
  otp_length: 28,
};

describe('the replies of an attempt (§1.2, §1.3)', () => {
  it('has exactly the fields of the protocol, and shows the OTP once', async () => {
    await begin();
    expect((await status(site)).json).toEqual(quiet);
    const first = await start(site);
    expect(first).toMatchObject({ status: 200 });
    const { nonce, otp } = first.json;
    expect(first.json).toEqual({ ...quiet, started: true, nonce, otp });
    expect(nonce).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(otp).toMatch(/^[0-9A-Za-z]{28}$/);
    expect((await status(site)).json).toEqual({ ...quiet, started: true, nonce });
  });

  it('counts shares, and hands the token out once', async () => {
    await begin();
    const opened = await start(site);
    const nonce = textOf(opened.json['nonce']);
    const running = { ...quiet, nonce, started: true, otp_length: 0 };
    expect((await give(site, share(site, 4), nonce)).json).toEqual({ ...running, progress: 1 });
    expect((await status(site)).json['progress']).toBe(1);
    const hex = Buffer.from(share(site, 1), 'base64').toString('hex');
    expect((await give(site, hex, nonce)).json).toEqual({ ...running, progress: 2 });
    const last = await give(site, share(site, 0), nonce);
    const encoded = textOf(last.json['encoded_token']);
    expect(last.json).toEqual({ ...running, progress: 3, complete: true, encoded_token: encoded });
    expect(encoded).toMatch(/^[0-9A-Za-z+/]{38}$/);
    const otp = textOf(opened.json['otp']);
    expect(decode(encoded, otp)).toMatch(/^hvs\.[0-9A-Za-z]{24}$/);
    expect((await status(site)).json).toEqual(quiet);
    expect(site.minted).toEqual([{ otp, encodedToken: encoded, token: decode(encoded, otp) }]);
  });

  it('takes POST for PUT, an empty body, null and empty strings, and any case on update', async () => {
    await begin();
    const opened = await ask(site, { path: attempt, method: 'POST' });
    expect(opened.status).toBe(200);
    await ask(site, { path: attempt, method: 'DELETE' });
    const again = await ask(site, { path: attempt, body: { otp: '', pgp_key: null } });
    const body = { KEY: share(site, 0), Nonce: again.json['nonce'] };
    const answer = await ask(site, { path: update, method: 'POST', body });
    expect(answer.json['progress']).toBe(1);
  });

  it('ignores line ends inside base64', async () => {
    const nonce = await started(await begin());
    const key = share(site, 0);
    const broken = `${key.slice(0, 10)}\r\n${key.slice(10)}\n`;
    expect((await give(site, broken, nonce)).json['progress']).toBe(1);
    expect((await give(site, key, nonce)).status).toBe(400);
  });

  it('uses the caller’s OTP, does not repeat it, and then ignores a PGP key', async () => {
    await begin();
    const otp = 'Aa0Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8J';
    const opened = await start(site, { otp, pgp_key: 'nonsense' });
    expect(opened.json).toMatchObject({ started: true, otp: '', pgp_fingerprint: '' });
    const nonce = textOf(opened.json['nonce']);
    for (const at of [0, 1]) await give(site, share(site, at), nonce);
    const last = await give(site, share(site, 2), nonce);
    expect(decode(textOf(last.json['encoded_token']), otp)).toMatch(/^hvs\./);
  });

  it('encrypts to a PGP key and makes no OTP', async () => {
    await begin();
    const pair = await generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'holder' }],
      format: 'object',
    });
    const pgp_key = Buffer.from(pair.publicKey.write()).toString('base64');
    const opened = await start(site, { pgp_key });
    const fingerprint = pair.publicKey.getFingerprint();
    expect(opened.json).toMatchObject({ otp: '', pgp_fingerprint: fingerprint });
    expect((await status(site)).json['pgp_fingerprint']).toBe(fingerprint);
    const nonce = textOf(opened.json['nonce']);
    for (const at of [0, 1]) await give(site, share(site, at), nonce);
    const last = await give(site, share(site, 2), nonce);
    const message = await readMessage({
      binaryMessage: new Uint8Array(Buffer.from(textOf(last.json['encoded_token']), 'base64')),
    });
    const { data } = await decrypt({ message, decryptionKeys: pair.privateKey });
    expect(data).toMatch(/^hvs\.[0-9A-Za-z]{24}$/);
    expect(data).toBe(site.minted[0]?.token);
  });

  it('refuses an OpenPGP message where a key belongs', async () => {
    await begin();
    const message = await encrypt({
      message: await createMessage({ text: 'x' }),
      passwords: ['x'],
      format: 'binary',
    });
    const answer = await start(site, { pgp_key: Buffer.from(message).toString('base64') });
    expect(answer.json).toEqual({ errors: [expect.stringMatching(/^error parsing PGP key: /)] });
  });

  it('cancels with 204, also when nothing runs, and without a nonce', async () => {
    await begin();
    const cancel: Call = { path: attempt, method: 'DELETE' };
    expect(await ask(site, cancel)).toMatchObject({ status: 204, text: '' });
    await start(site);
    expect((await ask(site, cancel)).status).toBe(204);
    expect((await status(site)).json['started']).toBe(false);
  });

  it('runs a root attempt in the same slot, with its own field', async () => {
    await begin();
    const path = 'sys/generate-root/attempt';
    const opened = await ask(site, { path, node: site.primary, body: {} });
    const nonce = textOf(opened.json['nonce']);
    let last: Answer = opened;
    for (const at of [0, 1, 2]) {
      const body = { key: share(site, at), nonce };
      last = await ask(site, { path: 'sys/generate-root/update', node: site.primary, body });
    }
    expect(last.json['encoded_root_token']).toBe(last.json['encoded_token']);
    const token = decode(textOf(last.json['encoded_token']), textOf(opened.json['otp']));
    const lookup = await ask(site, {
      path: 'auth/token/lookup-self',
      node: site.primary,
      headers: { 'X-Vault-Token': token },
    });
    expect(lookup.status).toBe(200);
    expect(dataOf(lookup)['policies']).toEqual(['root']);
  });

  it.each([
    ['1.9.10', 26, /^s\.[0-9A-Za-z]{24}$/],
    ['1.10.0', 28, /^hvs\.[0-9A-Za-z]{24}$/],
  ])('on %s makes OTP and token of %i characters', async (version, length, form) => {
    await begin({ version });
    expect((await status(site)).json['otp_length']).toBe(length);
    const { otp, last } = await complete(site);
    expect(otp).toHaveLength(length);
    expect(decode(textOf(last.json['encoded_token']), otp)).toMatch(form);
  });
});

describe('every item of the state machine (§1.5)', () => {
  it('1: nobody can tell a wrong share from a right one before the threshold', async () => {
    const nonce = await started(await begin());
    expect(await give(site, site.foreignShare().expose(), nonce)).toMatchObject({
      status: 200,
      json: { progress: 1 },
    });
    expect(await give(site, randomBytes(16).toString('hex'), nonce)).toMatchObject({
      status: 200,
      json: { progress: 2 },
    });
  });

  it('2: after it, same nonce and OTP, progress 0, and the right shares complete', async () => {
    await begin();
    const opened = await start(site);
    const nonce = textOf(opened.json['nonce']);
    await give(site, share(site, 0), nonce);
    await give(site, share(site, 1), nonce);
    expect((await give(site, site.foreignShare().expose(), nonce)).status).toBe(400);
    expect((await status(site)).json).toMatchObject({ started: true, nonce, progress: 0 });
    for (const at of [0, 1]) await give(site, share(site, at), nonce);
    const last = await give(site, share(site, 2), nonce);
    expect(last.json['complete']).toBe(true);
    const token = decode(textOf(last.json['encoded_token']), textOf(opened.json['otp']));
    expect(token).toBe(site.minted[0]?.token);
  });

  it('3: with a threshold of 1 the key itself is the share', async () => {
    await begin({ threshold: 1 });
    expect(site.shares).toHaveLength(1);
    expect(Buffer.from(share(site, 0), 'base64')).toHaveLength(32);
    const { last } = await complete(site, 1);
    expect(last.json).toMatchObject({ complete: true, progress: 1, required: 1 });
  });

  it('4: a restart loses the attempt', async () => {
    await oneGiven(await begin());
    site.faults.restartActive();
    expect((await status(site)).json).toEqual(quiet);
  });

  it('4: sealing and unsealing does not', async () => {
    const nonce = await oneGiven(await begin());
    site.faults.seal();
    expect((await status(site)).status).toBe(503);
    site.faults.unseal();
    expect((await status(site)).json).toMatchObject({ nonce, progress: 1 });
  });

  it('4: a new leader knows no attempt, the old one remembers it', async () => {
    const nonce = await oneGiven(await begin());
    site.faults.changeLeader();
    expect((await status(site)).json).toEqual(quiet);
    const other = await started(site);
    expect(other).not.toBe(nonce);
    site.faults.bringBackLeader();
    expect((await status(site)).json).toMatchObject({ started: true, nonce, progress: 1 });
  });

  it('5: any node may be asked, the active one answers', async () => {
    const nonce = await oneGiven(await begin());
    for (const node of site.nodes) {
      expect((await ask(site, { path: attempt, node })).json).toMatchObject({ nonce, progress: 1 });
    }
  });

  it('7: a sealed node takes no share and starts nothing', async () => {
    const nonce = await started(await begin());
    site.faults.seal();
    expect((await give(site, share(site, 0), nonce)).status).toBe(503);
    expect((await start(site)).status).toBe(503);
  });

  it('8: the last reply lost is the token lost, and the token exists', async () => {
    const nonce = await started(await begin());
    for (const at of [0, 1]) await give(site, share(site, at), nonce);
    site.faults.dropNext('update', 'after');
    await expect(give(site, share(site, 2), nonce)).rejects.toThrow();
    expect((await status(site)).json).toEqual(quiet);
    expect(site.minted).toHaveLength(1);
  });

  it('9: shares that come at the same time are all counted', async () => {
    const nonce = await started(await begin());
    const answers = await Promise.all([0, 1, 2].map((at) => give(site, share(site, at), nonce)));
    expect(answers.map((answer) => answer.json['progress']).sort()).toEqual([1, 2, 3]);
    expect(answers.filter((answer) => answer.json['complete'] === true)).toHaveLength(1);
  });
});

describe('Vault 2.x', () => {
  const withRoot = (): Record<string, string> => ({ 'X-Vault-Token': site.rootToken.expose() });

  it('takes the primary’s root token, also as a bearer', async () => {
    await begin({ version: '2.0.0' });
    const answer = await ask(site, { path: attempt, body: {}, headers: withRoot() });
    expect(answer.status).toBe(200);
    const bearer = { Authorization: `Bearer ${site.rootToken.expose()}` };
    expect((await ask(site, { path: attempt, headers: bearer })).json['started']).toBe(true);
  });

  it('asks for no token where unauthenticated access is allowed', async () => {
    await begin({ version: '2.0.0', allowUnauthenticated: true });
    expect((await complete(site)).last.json['complete']).toBe(true);
  });

  it('puts the fields into data where the switch says so, and only with a token', async () => {
    await begin({
      version: '2.0.0',
      allowUnauthenticated: true,
      switches: { authenticatedShape: 'data' },
    });
    const wrapped = await ask(site, { path: attempt, headers: withRoot() });
    expect(dataOf(wrapped)).toEqual(quiet);
    expect(wrapped.json).not.toHaveProperty('started');
    expect((await status(site)).json).toEqual(quiet);
  });
});

describe('the shares', () => {
  it('are n different Shamir shares of 33 bytes, in envelopes', async () => {
    await begin({ shares: 7, threshold: 4, seal: 'auto-unseal' });
    const tags = site.shares.map((one) => Buffer.from(one.expose(), 'base64')[32]);
    expect(new Set(tags).size).toBe(7);
    expect(site.envelope(6)).toEqual({
      number: 7,
      of: 7,
      word: 'recovery key',
      share: site.shares[6],
    });
    expect(() => site.envelope(7)).toThrow('input.invalid');
    expect((await complete(site, 4)).last.json).toMatchObject({ complete: true, required: 4 });
  });

  it('leave no trace in what the site records', async () => {
    await begin();
    await complete(site);
    const recorded = JSON.stringify(site.requests) + JSON.stringify(site);
    const secrets = [
      ...site.shares.map((one) => one.expose()),
      ...site.minted.flatMap(({ otp, encodedToken, token }) => [otp, encodedToken, token]),
    ];
    for (const secret of secrets) {
      expect(recorded.includes(secret), createHash('sha256').update(secret).digest('hex')).toBe(
        false,
      );
    }
    expect(
      site.requests.map(({ method, path, status: code }) => `${method} ${path} ${code}`),
    ).toEqual([`PUT ${attempt} 200`, ...Array.from({ length: 3 }, () => `PUT ${update} 200`)]);
  });
});
