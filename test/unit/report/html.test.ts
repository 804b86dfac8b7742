import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { qrSvg } from '../../../electron/records/qr.ts';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { html } from '../../../shared/report/markup.ts';
import { reportHtml } from '../../../shared/report/html.ts';
import { reportOf } from '../../../shared/report/report.ts';
import { visible } from '../../../shared/report/visible.ts';
import { wholeCeremony } from '../../fakes/events.ts';
import { entriesOf } from '../../fakes/entries.ts';

const meta = { appVersion: '0.1.0', madeAt: '2026-11-23T05:00:00.000Z' };
const page = (events: readonly CeremonyEvent[]): string =>
  reportHtml(reportOf(entriesOf(events), meta), { paper: 'A4', qrSvg });

const hostile = `Eve</td><script>alert(1)</script><img src=x onerror='x()'>"&amp;\u202egnp.exe\u0007\u200b`;

/** The ceremony with every text that people type replaced by a hostile one. */
const poisoned: readonly CeremonyEvent[] = wholeCeremony.flatMap((event): CeremonyEvent[] => {
  switch (event.type) {
    case 'ceremony.opened':
      return [{ ...event, cluster: { ...event.cluster, name: hostile } }];
    case 'roster.set':
      return [
        event,
        {
          type: 'roster.set',
          roster: { operator: hostile, witness: hostile, holders: ['Ana', 'Ben', hostile] },
        },
        { type: 'note.added', by: hostile, note: hostile },
        { type: 'deviation.recorded', what: hostile, why: hostile, agreedBy: hostile },
      ];
    case 'fencing.stated':
      return [
        {
          type: 'fencing.stated',
          fencing: { primary: 'not-visible', how: hostile, confirmedBy: hostile, reason: hostile },
        },
      ];
    case 'promote.intended':
      return [{ ...event, operator: hostile, secondPerson: hostile }];
    case 'promote.accepted':
      return [{ ...event, warnings: [hostile] }];
    case 'watch.observed':
      return [{ ...event, says: hostile }];
    case 'token.deleted':
      return [{ ...event, proof: hostile }];
    default:
      return [event];
  }
});

describe('the report as HTML', () => {
  const text = page(wholeCeremony);

  test('has a language, a title, headings, tables with scopes, and loads nothing', () => {
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(text).toMatch(/<title>\s*Record of Payments DR, Monday, 23 November 2026\s*<\/title>/);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    for (const heading of ['Summary', 'Deviations', 'line by line', 'The hashes'])
      expect(text).toMatch(new RegExp(`<h2[^>]*>[^<]*${heading}`));
    expect(text.match(/<th(?![^>]*scope=)[ >]/g)).toBeNull();
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/<(script|img|link|iframe)|url\(|@import/);
  });

  test('says what a manager asks, on the page before the log', () => {
    const summary = text.slice(0, text.indexOf('line by line'));
    for (const said of [
      'The secondary was promoted. The ceremony was closed.',
      'Operator: Robin',
      'Witness: Wim',
      '2 of 2 counted: Ana, Ben.',
      '9 seconds, from the moment promote was sent',
      'name typed, not authenticated',
    ])
      expect(summary).toContain(said);
  });

  test('has every line of the log and every hash, the head as text and as a QR code', () => {
    const entries = entriesOf(wholeCeremony);
    for (const { hash, at } of entries) {
      expect(text).toContain(hash);
      expect(text).toContain(`datetime="${at}"`);
    }
    expect(text).toContain(`aria-label="QR code of the head: ${entries.at(-1)?.hash ?? '-'}"`);
    expect(text).toContain('<svg');
  });

  test('paper is what was asked for', () => {
    const report = reportOf(entriesOf(wholeCeremony), meta);
    expect(reportHtml(report, { paper: 'Letter', qrSvg })).toContain('size: Letter');
    expect(text).toContain('size: A4');
  });

  test('markup and unseen characters in any field are shown, never obeyed', () => {
    const bad = page(poisoned);
    expect(bad).not.toMatch(/<script|<img|onerror='|\u202e|\u0007|\u200b/u);
    const shown = '&lt;script&gt;alert(1)&lt;/script&gt;';
    // Each place once on the summary or in the log: names, note, deviation, fencing, warning, proof.
    expect(bad.split(shown).length - 1).toBeGreaterThan(20);
    expect(bad).toContain('[U+202E]gnp.exe[U+0007][U+200B]');
    // The page has the same skeleton, whatever was typed into it.
    const tags = (of: string) => of.match(/<\/?(html|head|body|main|table|title|style|h1)\b/g);
    expect(tags(bad)).toEqual(tags(text));
  });

  test('what cannot follow is no report', () => {
    expect(() => reportOf(entriesOf(wholeCeremony.slice(1)), meta)).toThrow('journal.tampered');
  });

  test('an unfinished ceremony says that it is', () => {
    expect(page(wholeCeremony.slice(0, 6))).toContain('The ceremony has not ended yet.');
  });

  test('a long deviation is cut on the first page and whole in the log', () => {
    const what = `${'word '.repeat(300)}end`;
    const long = page([
      ...wholeCeremony.slice(0, -1),
      { type: 'deviation.recorded', what, why: 'Traffic', agreedBy: 'Wim' },
    ]);
    const [first = '', rest = ''] = long.split('line by line');
    expect(first).toContain('(whole in the log below)');
    expect(first).not.toContain(what);
    expect(rest).toContain(what);
  });
});

test('more open items than the first page has room for are all listed after the log', () => {
  const left = (n: number) => `Item ${n} is still to be seen to.`;
  const report = { ...reportOf(entriesOf(wholeCeremony), meta), openItems: [1, 2, 3, 4].map(left) };
  const [first = '', rest = ''] = reportHtml(report, { paper: 'A4', qrSvg }).split('line by line');
  expect(first).toContain('And 1 more, after the log.');
  expect(first).not.toContain(left(4));
  for (const n of [1, 2, 3, 4]) expect(rest).toContain(left(n));
});

describe('text as HTML', () => {
  test('any text: no tag but a line break or an isolate, and nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const { html: made } = html`${typed}`;
        expect(made.replaceAll(/<br>|<bdi>|<\/bdi>/g, '')).not.toMatch(/[<>"']/);
        expect(made).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('a name in a right-to-left script is isolated from the words beside it', () => {
    expect(html`${'Ana, דנה כהן (holder)'}`.html).toBe('Ana, <bdi>דנה כהן</bdi> (holder)');
  });

  test('line feeds of a note stay line feeds', () => {
    expect(html`${'one\r\ntwo\nthree'}`.html).toBe('one<br>two<br>three');
    expect(visible('a\tb')).toBe('a b');
  });
});
