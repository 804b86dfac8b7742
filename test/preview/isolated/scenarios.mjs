const ok = (value) => ({ ok: true, value });
const refused = (code, known, safe, next) => ({ ok: false, problem: { code, known, safe, next } });

const banner = { practice: true, cluster: 'Berlin DR', colour: 'teal', shareWord: 'unseal key' };
const real = { ...banner, practice: false, colour: 'violet' };
const deskBanner = {
  practice: false,
  cluster: 'Offline desk',
  colour: 'slate',
  shareWord: 'share',
};
const words =
  'merit performance borderline aggregate drunken October printer Saturday kickoff Wichita tapeworm hamburger tycoon universe cobra misnomer'.split(
    ' ',
  );
/** A message by its form alone: a packet for one recipient, and one of protected data. */
const encryptedShare = Buffer.concat([
  Buffer.from([0xc1, 94, 3, ...Array(93).fill(7)]),
  Buffer.from([0xd2, 60, 1, ...Array(59).fill(9)]),
]).toString('base64');
const share = 'a3'.repeat(32) + '07';

const shareContext = {
  banner,
  goal: { kind: 'attempt', nonce: '8f0a5d2c-1b7e-4c19-9d31-6a52e8c07b44', words },
  holders: [
    { name: 'Ada Lovelace', gave: true },
    { name: 'Bea Winter', gave: false },
    { name: 'Carl Ostrowski', gave: false },
    { name: 'Dora Meyer', gave: false },
    { name: 'Emil Sato', gave: false },
  ],
  round: 1,
  progress: 1,
  required: 3,
  envelopes: true,
};
const shareReplies = {
  'share.context': ok(shareContext),
  'share.give': ok({ progress: 2, required: 3, complete: false }),
  'share.practice-envelope': ok({ share }),
};
const chooseBea = async (page) => {
  await page.getByLabel('Bea Winter').check();
  await page.getByRole('button', { name: 'Continue' }).click();
};
const toShare = async (page) => {
  await chooseBea(page);
  await page.getByRole('button', { name: 'The words match' }).click();
};
const give = async (page) => {
  await toShare(page);
  await page.getByRole('textbox').fill(share);
  await page.getByRole('button', { name: 'Give the unseal key' }).click();
};

const promoteContext = {
  banner: real,
  operator: 'Olga Brandt',
  people: ['Olga Brandt', 'Wim de Vries', 'Bea Winter'],
  server: {
    node: 'https://vault-dr-2.example.org:8200',
    mode: 'secondary',
    clusterId: '4a1f8c52-90b3-7d26-51ce-08e7f2b9a6d3',
    secondaryId: 'berlin-dr',
    state: 'stream-wals',
    version: '1.19.4+ent',
  },
  pinned: { clusterId: '4a1f8c52-90b3-7d26-51ce-08e7f2b9a6d3', secondaryId: 'berlin-dr' },
  fencing: {
    how: 'Port 8200 and 8201 of the Frankfurt site are closed at the edge firewall, rule 4711.',
    confirmedBy: 'Wim de Vries',
    primary: 'not-visible',
  },
  rules: { secondIsNotOperator: true, factorRequired: false },
  folderDialog: false,
  forceOffered: false,
  forceSentence: 'I accept that data not yet replicated to Berlin DR is lost.',
  stops: [],
};
const promoteWith = (part) => ({ 'promote.context': ok({ ...promoteContext, ...part }) });
const fillPromote = async (page) => {
  await page.getByLabel('The cluster’s name').fill('Berlin DR');
  await page.getByLabel('A second person who agrees').fill('Wim de Vries');
};
const look = async () => {};

export const scenarios = [
  {
    name: 'share-1-who',
    surface: 'share-entry',
    replies: shareReplies,
    steps: look,
    zoom: true,
  },
  {
    name: 'share-2-words',
    surface: 'share-entry',
    replies: shareReplies,
    steps: chooseBea,
    zoom: true,
  },
  {
    name: 'share-2-differ',
    surface: 'share-entry',
    replies: shareReplies,
    steps: async (page) => {
      await chooseBea(page);
      await page.getByRole('button', { name: 'They differ' }).click();
    },
  },
  {
    name: 'share-3-empty',
    surface: 'share-entry',
    replies: {
      ...shareReplies,
      'share.context': ok({ ...shareContext, banner: real, round: 2, envelopes: false }),
    },
    steps: toShare,
  },
  {
    name: 'share-3-filled',
    surface: 'share-entry',
    replies: shareReplies,
    steps: async (page) => {
      await toShare(page);
      await page.getByRole('button', { name: /envelope/ }).click();
      await page.getByText('A share by its form').waitFor();
    },
    zoom: true,
  },
  {
    name: 'share-3-encrypted',
    surface: 'share-entry',
    replies: shareReplies,
    steps: async (page) => {
      await toShare(page);
      await page.getByRole('textbox').first().fill(encryptedShare);
      await page.getByText('An encrypted share').waitFor();
    },
    zoom: true,
  },
  {
    name: 'secret-pgp-key',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner, what: 'pgp-key' }) },
    steps: async () => undefined,
  },
  {
    name: 'share-3-wrong-shown',
    surface: 'share-entry',
    replies: shareReplies,
    steps: async (page) => {
      await toShare(page);
      await page.getByRole('textbox').fill(share.slice(0, 40));
      await page.getByRole('button', { name: 'Show' }).click();
    },
  },
  {
    name: 'share-4-duplicate',
    surface: 'share-entry',
    replies: {
      ...shareReplies,
      'share.give': refused(
        'input.share-duplicate',
        'This share was already given in this round, by Ada Lovelace.',
        'It was not sent again. The progress is unchanged.',
        'Check the envelope: enter your own share.',
      ),
    },
    steps: async (page) => {
      await give(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'share-4-given',
    surface: 'share-entry',
    replies: shareReplies,
    steps: async (page) => {
      await give(page);
      await page.getByText('Thank you').waitFor();
    },
  },
  {
    name: 'share-4-kept',
    surface: 'share-entry',
    replies: {
      ...shareReplies,
      'share.context': ok({ ...shareContext, away: true, envelopes: false }),
      'share.give': ok({ progress: 3, required: 3, complete: true, kept: true }),
    },
    steps: async (page) => {
      await give(page);
      await page.getByText('yours was the last').waitFor();
    },
  },
  {
    name: 'share-4-over',
    surface: 'share-entry',
    replies: {
      ...shareReplies,
      'share.give': refused(
        'vault.shares-do-not-combine',
        'The threshold was reached, but the shares do not belong together. Vault cannot say which one is wrong.',
        'The attempt, its words and its OTP are still valid. The progress is back at 0 of 3.',
        'Start round 2 in the guide: every holder gives their unseal key again.',
      ),
    },
    steps: async (page) => {
      await give(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'secret-token',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner: real, what: 'vault-token' }) },
    steps: look,
  },
  {
    name: 'secret-otp',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner, what: 'otp', length: 28 }) },
    steps: async (page) => {
      await page.getByRole('textbox').fill('Wb4k O0lI 1xYz 77aQ');
    },
    zoom: true,
  },
  {
    name: 'secret-show-1',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner, what: 'show-otp', agreedBy: 'Wim de Vries' }) },
    steps: look,
  },
  {
    name: 'secret-show-2',
    surface: 'secret-entry',
    replies: {
      'secret.context': ok({ banner, what: 'show-otp', agreedBy: 'Wim de Vries' }),
      'secret.reveal': ok({ value: 'Wb4kO0lI1xYz77aQm3NcSs9RtvUu' }),
    },
    steps: async (page) => {
      await page.getByRole('button', { name: 'Show the OTP now' }).click();
      await page.getByText('Underline the capitals').waitFor();
    },
    zoom: true,
  },
  {
    name: 'secret-desk-key',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner: deskBanner, what: 'desk-key' }) },
    steps: look,
    zoom: true,
  },
  {
    name: 'secret-encrypted-share',
    surface: 'secret-entry',
    replies: { 'secret.context': ok({ banner: deskBanner, what: 'encrypted-share' }) },
    steps: (page) => page.getByRole('textbox').fill(encryptedShare),
    zoom: true,
  },
  {
    name: 'secret-show-share',
    surface: 'secret-entry',
    replies: {
      'secret.context': ok({ banner: deskBanner, what: 'show-share', agreedBy: 'Wim de Vries' }),
    },
    steps: look,
  },
  {
    name: 'scan',
    surface: 'scan',
    replies: { 'scan.context': ok({ banner: deskBanner, what: 'an invitation' }) },
    steps: look,
    zoom: true,
  },
  {
    name: 'promote-1-open',
    surface: 'promote',
    replies: promoteWith({}),
    steps: look,
    zoom: true,
  },
  {
    name: 'promote-1-closed',
    surface: 'promote',
    replies: promoteWith({
      server: { ...promoteContext.server, clusterId: '00000000-1111-2222-3333-444444444444' },
      stops: ['No DR operation token is kept for this ceremony.'],
    }),
    steps: look,
  },
  {
    name: 'promote-1-force',
    surface: 'promote',
    replies: promoteWith({
      forceOffered: true,
      refused: {
        known: 'Vault is still catching up with what the primary wrote.',
        serverText: 'unable to promote: secondary is still catching up, try again later',
      },
    }),
    steps: async (page) => {
      await fillPromote(page);
      await page.getByLabel('Promote by force all the same').check();
    },
    zoom: true,
  },
  {
    name: 'promote-2-review',
    surface: 'promote',
    replies: promoteWith({}),
    steps: async (page) => {
      await fillPromote(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Promote Berlin DR', disabled: false }).waitFor();
    },
    zoom: true,
  },
  {
    name: 'promote-3-sent',
    surface: 'promote',
    replies: promoteWith({}),
    steps: async (page) => {
      await fillPromote(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Promote Berlin DR' }).click();
      await page.getByRole('heading', { name: 'Sent' }).waitFor();
    },
  },
];
