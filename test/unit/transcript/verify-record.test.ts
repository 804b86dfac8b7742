import { describe, expect, it } from 'vitest';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { ceremonyIdSchema } from '../../../shared/ids.ts';
import { toWords } from '../../../shared/codec/words.ts';
import { accepted, type RecordReport } from '../../../shared/transcript/report.ts';
import { headline } from '../../../shared/transcript/report-sentences.ts';
import { reportLines } from '../../../shared/transcript/report-text.ts';
import { parseFingerprint, parseHead, type Trust } from '../../../shared/transcript/trust.ts';
import { verifyRecord } from '../../../shared/transcript/verify.ts';
import { opened, wholeCeremony } from '../../fakes/events.ts';
import { fileOf, hashOf, journalLines, newSigner, sha256, signed } from '../../fakes/records.ts';

const signer = newSigner();
const other = newSigner();
const lines = journalLines(wholeCeremony);
const last = lines.length;
const signature = signed(lines, signer);
const whole = [...lines, signature];
const trust = (given: Partial<Trust>): Trust => ({ fingerprints: [], heads: [], ...given });
const ours = trust({ fingerprints: [signer.identity.fingerprint] });
const line = (n: number) => lines[n - 1] ?? '';
const head = (n: number) => hashOf(line(n));

const check = (file: readonly string[] | Uint8Array, given?: Trust): RecordReport =>
  verifyRecord(file instanceof Uint8Array ? file : fileOf(...file), nodeTools, {
    trust: given ?? trust({}),
  });

/** A record with one more event somewhere in the middle, sealed and signed like any other. */
const withEvent = (event: unknown): string[] => {
  const sealed = journalLines([...wholeCeremony.slice(0, 3), event, ...wholeCeremony.slice(3)]);
  return [...sealed, signed(sealed, signer)];
};
const note = (text: string, by = 'Wim'): CeremonyEvent => ({ type: 'note.added', by, note: text });

describe('a whole record', () => {
  it('is intact for who was given the fingerprint', () => {
    const report = check(whole, ours);
    expect(report).toMatchObject({
      verdict: { kind: 'intact' },
      about: { record: opened.id, cluster: 'Payments DR', kind: 'real', appVersion: '0.1.0' },
      entries: last,
      head: head(last),
      outcome: 'closed',
      outageMs: 9000,
      signed: last,
      covered: last,
      rules: { kind: 'hold' },
    });
    expect(report.signatures).toMatchObject([
      { line: last + 1, state: 'valid', given: true, words: signer.identity.words },
    ]);
    expect(accepted(report.verdict)).toBe(true);
  });

  it('is intact for who was given the first eight words of the last head, signed or not', () => {
    const paper = parseHead(toWords(head(last)).slice(0, 8).join(' '));
    const heads = [paper ?? 'none'];
    expect(check(whole, trust({ heads })).verdict).toEqual({ kind: 'intact' });
    expect(check(lines, trust({ heads })).verdict).toEqual({ kind: 'intact' });
  });

  it('is of unknown origin for who was given neither', () => {
    expect(check(whole).verdict).toEqual({ kind: 'consistent-origin-unknown' });
    expect(check(lines).verdict).toEqual({ kind: 'consistent-origin-unknown' });
  });

  it('may be signed unfinished, go on, and be signed again', () => {
    const early = signed(lines, signer, { seq: 5 });
    expect(check([...lines, early], ours).verdict).toEqual({ kind: 'partly-covered', covered: 5 });
    expect(check([...lines, early]).signed).toBe(5);
    expect(check([...lines, early, signature], ours).verdict).toEqual({ kind: 'intact' });
  });

  it('heads written down on the way cover what came before them', () => {
    const heads = [head(3).slice(0, 16), head(8).slice(0, 16)];
    expect(check(whole, trust({ heads })).verdict).toEqual({ kind: 'partly-covered', covered: 8 });
    const both = trust({ ...ours, heads });
    expect(check(whole, both).verdict).toEqual({ kind: 'intact' });
  });
});

describe('what is not accepted, and where', () => {
  const edited = (n: number, from: string, to: string) => {
    expect(line(n)).toContain(from);
    return whole.with(n - 1, line(n).replace(from, to));
  };
  const resigned = [...lines, signed(lines, other)];
  const remade = (() => {
    const events = wholeCeremony.map((event) =>
      event.type === 'nonce.confirmed' ? { ...event, holder: 'Eve' } : event,
    );
    const sealed = journalLines(events);
    return [...sealed, signed(sealed, other)];
  })();

  it.each<[string, readonly string[] | Uint8Array, object]>([
    ['nothing at all', Buffer.alloc(0), { kind: 'broken', line: 1, reason: 'empty' }],
    ['signatures alone', [signature], { kind: 'broken', line: 1, reason: 'signature-beyond' }],
    ['an edited name', edited(6, 'Ana', 'Eve'), { kind: 'broken', line: 6, reason: 'hash' }],
    ['an edited time', edited(7, '03:15', '03:16'), { kind: 'broken', line: 7, reason: 'hash' }],
    [
      'two lines in the other order',
      [...lines.slice(0, 5), line(7), line(6), ...lines.slice(7), signature],
      { kind: 'broken', line: 6, reason: 'seq' },
    ],
    ['a line taken out', whole.toSpliced(5, 1), { kind: 'broken', line: 6, reason: 'seq' }],
    ['a line twice', whole.toSpliced(5, 0, line(5)), { kind: 'broken', line: 6, reason: 'seq' }],
    [
      'the end cut off, the signature left',
      [...lines.slice(0, -2), signature],
      { kind: 'broken', line: last - 1, reason: 'signature-beyond' },
    ],
    [
      'another end with its own hashes under the old signature',
      [...journalLines([...wholeCeremony.slice(0, -1), note('forged')]), signature],
      { kind: 'broken', line: last + 1, reason: 'signature-head' },
    ],
    ['the end and the signature cut off', lines.slice(0, -2), { kind: 'not-signed' }],
    ['cut in the middle of a line', fileOf(...whole).subarray(0, 2000), { kind: 'broken' }],
    [
      'the last line feed gone',
      fileOf(...whole).subarray(0, -1),
      { kind: 'broken', line: last + 1, reason: 'torn' },
    ],
    [
      'an event behind the signature',
      [...lines.slice(0, -1), signed(lines.slice(0, -1), signer), line(last)],
      { kind: 'broken', line: last + 1, reason: 'after-signature' },
    ],
    [
      'a signature with another time',
      [...lines, signature.replace('09:00:00', '08:00:00')],
      { kind: 'broken', line: last + 1, reason: 'signature' },
    ],
    [
      "a signature under somebody else's fingerprint",
      [...lines, signature.replace(signer.identity.fingerprint, other.identity.fingerprint)],
      { kind: 'broken', line: last + 1, reason: 'signature' },
    ],
    [
      "another key's own signature under the fingerprint that was given",
      [
        ...lines,
        signed(lines, {
          ...other,
          identity: { ...other.identity, fingerprint: signer.identity.fingerprint },
        }),
      ],
      { kind: 'broken', line: last + 1, reason: 'signature' },
    ],
    [
      "another key's own signature under the key that was given",
      [...lines, signed(lines, { ...other, identity: signer.identity })],
      { kind: 'broken', line: last + 1, reason: 'signature' },
    ],
    [
      'a signature of another record',
      [...lines, signed(lines, signer, { id: ceremonyIdSchema.parse('20261124-031500-0a1b2c3d') })],
      { kind: 'broken', line: last + 1, reason: 'other-record' },
    ],
    [
      'a signature with a field more',
      [...lines, signature.replace('{', '{"aa":1,')],
      { kind: 'broken', line: last + 1, reason: 'schema' },
    ],
    [
      'a key twice in an event',
      edited(6, '{"holder":"Ana"', '{"holder":"Eve","holder":"Ana"'),
      { kind: 'broken', line: 6, reason: 'not-canonical' },
    ],
    [
      'a key twice in a signature',
      [...lines, signature.replace('{', '{"at":"2026-01-01T00:00:00.000Z",')],
      { kind: 'broken', line: last + 1, reason: 'not-canonical' },
    ],
    ['a space', edited(6, ',', ', '), { kind: 'broken', line: 6, reason: 'not-canonical' }],
    [
      'Windows line ends',
      Buffer.from(whole.map((one) => `${one}\r\n`).join('')),
      { kind: 'broken', line: 1, reason: 'not-canonical' },
    ],
    [
      'a byte order mark',
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), fileOf(...whole)]),
      { kind: 'broken', line: 1, reason: 'not-json' },
    ],
    [
      'a byte that is not UTF-8',
      Buffer.from(
        fileOf(...whole)
          .toString('latin1')
          .replace('Ana', 'An\xff'),
        'latin1',
      ),
      { kind: 'broken', reason: 'not-utf8' },
    ],
    ['an empty line', [...lines, '', signature], { kind: 'broken', reason: 'not-json' }],
    ['signed again by another key', resigned, { kind: 'signed-by-another-key' }],
    ['made anew and signed by another key', remade, { kind: 'signed-by-another-key' }],
    ['not signed', lines, { kind: 'not-signed' }],
    [
      'an event that cannot follow',
      withEvent({ type: 'promote.accepted', warnings: [] }),
      { kind: 'rules-broken', line: 4 },
    ],
    ['no opening', journalLines([note('a')]), { kind: 'rules-broken', line: 1 }],
  ])('%s', (_, file, verdict) => {
    const report = check(file, ours);
    expect(report.verdict).toMatchObject(verdict);
    expect(accepted(report.verdict)).toBe(false);
    expect(reportLines(report)[0]).toBe(headline(report.verdict));
  });

  it('a head that no event has, for who was given its words', () => {
    const heads = [head(last).slice(0, 16)];
    expect(check(remade, trust({ heads })).verdict).toMatchObject({ kind: 'head-not-found' });
    expect(check(lines.slice(0, -1), trust({ heads })).verdict).toMatchObject({
      kind: 'head-not-found',
      wanted: heads[0],
    });
  });

  it('one of two given keys did not sign', () => {
    const { fingerprint } = other.identity;
    const both = trust({ fingerprints: [...ours.fingerprints, fingerprint] });
    expect(check(whole, both).verdict).toEqual({
      kind: 'signed-by-another-key',
      wanted: fingerprint,
    });
    expect(check([...whole, signed(lines, other)], both).verdict).toEqual({ kind: 'intact' });
  });
});

describe('a record from a newer version', () => {
  it.each<[string, string[]]>([
    ['an event of an unknown kind', withEvent({ type: 'quorum.changed', n: 2 })],
    ['a known event with a new field', withEvent({ ...note('a'), mood: 'good' })],
    ['an unknown kind of signature', [...whole, signature.replace('ed25519', 'ml-dsa-65')]],
    ['a newer signature line', [...whole, signature.replace('"v":1', '"v":2')]],
  ])('%s: the chain is checked, and nothing is called intact', (_, file) => {
    const report = check(file, ours);
    expect(report.verdict).toMatchObject({ kind: 'newer-version' });
    expect(report.entries).toBeGreaterThanOrEqual(last);
    expect(accepted(report.verdict)).toBe(false);
  });

  it('a newer line: chained, and its fields unknown here', () => {
    const body = { v: 2, seq: last + 1, at: '2027-01-01T00:00:00.000Z', prev: head(last), x: [1] };
    const hash = sha256(Buffer.from(canonicalText(body)));
    const newer = canonicalText({ ...body, hash });
    expect(check([...lines, newer]).verdict).toEqual({ kind: 'newer-version', line: last + 1 });
    const edited = newer.replace('[1]', '[2]');
    expect(check([...lines, edited]).verdict).toMatchObject({ kind: 'broken', reason: 'hash' });
  });

  const canonicalText = (value: Record<string, unknown>): string =>
    JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
});

describe('what could mislead is a remark, with its place', () => {
  it.each<[string, string, string]>([
    ['a control character', 'a\u0007b', 'unseen-characters'],
    ['an escape sequence', '\u001b[2Jall is well', 'unseen-characters'],
    ['a right-to-left mark', 'Ana\u202e nauR', 'unseen-characters'],
    ['a zero-width space', 'A\u200bna', 'unseen-characters'],
    ['a line separator', 'a\u2028b', 'unseen-characters'],
    ['HTML', '<img src=x onerror=alert(1)>', 'markup'],
  ])('%s', (_, text, kind) => {
    const report = check(withEvent(note('ordinary', text)), ours);
    expect(report.verdict).toEqual({ kind: 'unchanged-with-remarks' });
    expect(report.remarks).toEqual({ total: 1, first: [{ kind, line: 4, field: 'by' }] });
  });

  it('a line break in a note is none', () => {
    expect(check(withEvent(note('first\n\tsecond')), ours).verdict).toEqual({ kind: 'intact' });
  });

  it('a clock that went back', () => {
    const times = wholeCeremony.map((_, i) => new Date(Date.UTC(2026, 10, 23, 3, 15, i)));
    times[7] = new Date(Date.UTC(2026, 10, 23, 2));
    const sealed = journalLines(wholeCeremony, (i) => times[i]?.toISOString() ?? '');
    const report = check([...sealed, signed(sealed, signer)], ours);
    expect(report.verdict).toEqual({ kind: 'unchanged-with-remarks' });
    expect(report.remarks.first).toMatchObject([{ kind: 'clock-back', line: 8 }]);
    expect(headline(report.verdict)).not.toContain('INTACT');
    expect(report.gaps.first).toMatchObject([{ line: 9, ms: 75 * 60_000 + 8000 }]);
  });

  it('a signature dated before what it covers', () => {
    const at = '2026-11-22T00:00:00.000Z';
    const report = check([...lines, signed(lines, signer, { at })], ours);
    expect(report.remarks.first).toMatchObject([{ kind: 'clock-back', line: last + 1 }]);
  });

  it('is printed spelled out: nothing from the record can move the cursor or turn the line', () => {
    const events = [
      note('\u001b]0;x\u0007 <b>\u202e\u2066', '\u001b[2J\r'),
      { type: 'deviation.recorded', what: 'a\nb\u0085', why: '\u200f', agreedBy: 'W\u009b' },
    ];
    const sealed = journalLines([...wholeCeremony.slice(0, 3), ...events]);
    const text = reportLines(check(sealed)).join('\n');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('a\\nb\\u{85}');
  });
});

describe('what an auditor wants to know', () => {
  const gaps = (minutes: number) => {
    const at = (i: number) => new Date(Date.UTC(2026, 10, 23, 3, i >= 5 ? minutes : 0, i));
    return check(journalLines(wholeCeremony, (i) => at(i).toISOString())).gaps;
  };
  it('silences, longer than half an hour unless asked otherwise', () => {
    expect(gaps(29).total).toBe(0);
    expect(gaps(31).first).toMatchObject([{ line: 6 }]);
  });

  it('deviations, open items, interruptions and notes', () => {
    const report = check(
      journalLines([
        ...wholeCeremony.slice(0, 3),
        note('The lights flickered.'),
        { type: 'deviation.recorded', what: 'late', why: 'traffic', agreedBy: 'Wim' },
        { type: 'interrupted', what: 'suspend' },
        { type: 'resumed', sentence: 'The same.' },
        ...wholeCeremony.slice(3, 10),
        { type: 'attempt.gone', tokenMayExist: true },
      ]),
    );
    expect(report).toMatchObject({ outcome: undefined, notes: 1, rules: { kind: 'hold' } });
    expect(report.deviations.first).toMatchObject([{ line: 5, what: 'late', agreedBy: 'Wim' }]);
    expect(report.interruptions.first.map(({ line }) => line)).toEqual([6, 7]);
    expect(report.openItems.total).toBe(1);
  });

  const duty = (events: readonly CeremonyEvent[], id: string) =>
    check(journalLines(events)).duties.find((one) => one.id === id);
  const changed = (change: (event: CeremonyEvent) => CeremonyEvent) => wholeCeremony.map(change);

  it('the separation of duties, where it was kept', () => {
    const met = check(lines).duties.map(({ id, met: answer }) => [id, answer]);
    expect(Object.fromEntries(met)).toEqual({
      'enough-holders': 'yes',
      'operator-is-not-witness': 'yes',
      'holders-are-on-the-roster': 'yes',
      'one-share-for-each-holder': 'yes',
      'nonce-confirmed-before-each-share': 'yes',
      'second-person-is-not-operator': 'yes',
      'second-person-authenticated': 'no',
    });
  });

  it.each<[string, number, (event: CeremonyEvent) => CeremonyEvent]>([
    [
      'operator-is-not-witness',
      3,
      (event) =>
        event.type === 'roster.set'
          ? { ...event, roster: { ...event.roster, witness: ' ROBIN\u200b' } }
          : event,
    ],
    [
      'holders-are-on-the-roster',
      10,
      (event) =>
        event.type === 'share.intended' && event.progressBefore === 1
          ? { ...event, holder: 'Eve' }
          : event,
    ],
    [
      'one-share-for-each-holder',
      10,
      (event) => (event.type === 'share.intended' ? { ...event, holder: 'Ana' } : event),
    ],
    [
      'nonce-confirmed-before-each-share',
      10,
      (event) => (event.type === 'nonce.confirmed' ? { ...event, holder: 'Ana' } : event),
    ],
    [
      'second-person-is-not-operator',
      14,
      (event) => (event.type === 'promote.intended' ? { ...event, secondPerson: 'robin' } : event),
    ],
  ])('%s: no, with the line', (id, at, change) => {
    expect(duty(changed(change), id)).toMatchObject({
      met: 'no',
      against: { first: [{ line: at }] },
    });
  });

  it('a rule that nothing on the record asks for is neither kept nor broken', () => {
    expect(duty(wholeCeremony.slice(0, 2), 'second-person-is-not-operator')?.met).toBe('not-asked');
  });
});

describe('what the verifier is given', () => {
  const { fingerprint, words } = signer.identity;
  it('a fingerprint in hex or in words, however it is spaced', () => {
    expect(parseFingerprint(fingerprint.toUpperCase().replaceAll(/(.{4})/g, '$1 '))).toBe(
      fingerprint,
    );
    expect(parseFingerprint(words.join('  ').toUpperCase())).toBe(fingerprint);
    expect(parseFingerprint(words.slice(1).join(' '))).toBeUndefined();
    expect(parseFingerprint(fingerprint.slice(1))).toBeUndefined();
    expect(parseFingerprint('')).toBeUndefined();
  });

  it('a head from eight words up', () => {
    expect(parseHead(words.slice(0, 8).join(', '))).toBe(fingerprint.slice(0, 16));
    expect(parseHead(words.slice(0, 7).join(' '))).toBeUndefined();
    expect(parseHead(words.slice(1, 9).join(' '))).toBeUndefined();
  });
});
