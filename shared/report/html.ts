import { count } from './amounts.ts';
import { utcDay } from './instants.ts';
import { html, trusted, type Markup } from './markup.ts';
import type { LogLine, Report } from './report.ts';
import { closed } from './sentences.ts';
import { styleSheet, type Paper } from './style.ts';

export interface HtmlOptions {
  readonly paper: Paper;
  /** Draws a text as a QR code: a whole `<svg>` element, black on white. */
  readonly qrSvg: (text: string) => string;
}

/**
 * The report as one HTML file that loads nothing and runs nothing: the summary on page 1, then
 * the whole log, then the hashes.
 */
export function reportHtml(report: Report, { paper, qrSvg }: HtmlOptions): string {
  const { html: page } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Keyturn ${report.appVersion}" />
        <title>
          Record of ${report.cluster.name}, ${utcDay(report.log[0]?.at ?? report.madeAt)}
        </title>
        <style>
          ${trusted(styleSheet(paper, report))}
        </style>
      </head>
      <body>
        <main>
          ${firstPage(report, trusted(qrSvg(report.head)))} ${wholeLog(report)}
          ${everyOpenItem(report)} ${hashes(report)}
        </main>
      </body>
    </html> `;
  return page;
}

function firstPage(report: Report, qr: Markup): Markup {
  const practice = report.cluster.kind === 'practice';
  return html`<header>
      <p class="kind">
        <span class="${practice ? 'practice' : 'real'}">${practice ? 'PRACTICE' : 'REAL'}</span>
        ${report.title}
      </p>
      <h1>${report.cluster.name}</h1>
      <p class="headline">${report.headline}</p>
    </header>
    <section aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      <table class="facts">
        <tbody>
          ${report.summary.map(
            ({ name, says }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${says.map((line) => html`<p>${line}</p>`)}</td>
              </tr> `,
          )}${
            report.verdict &&
            html`<tr>
              <th scope="row">Checked</th>
              <td><p>${report.verdict}</p></td>
            </tr>`
          }
        </tbody>
      </table>
    </section>
    ${remarks('Deviations', 'deviations', report.deviations.map(deviationText), 'in the log below')}
    ${remarks('Open items', 'open-items', report.openItems, 'after the log')}
    <section class="head" aria-labelledby="head">
      <div>
        <h2 id="head">The head of this record</h2>
        <p class="hash">${groups(report.head)}</p>
        <p>
          Its first eight words, as a witness writes them down: <b>${report.headWords.join(' ')}</b>
        </p>
        <p class="soft">
          ${practice ? `Practice ${report.noun.toLowerCase()} ` : `${report.noun} `}${report.id},
          recorded by Keyturn ${report.recordedWith}. This report was made by Keyturn
          ${report.appVersion} at ${report.madeAt}. All times are UTC, as the clock of the machine
          told them.
        </p>
      </div>
      <div class="qr" role="img" aria-label="QR code of the head: ${report.head}">${qr}</div>
    </section>`;
}

/** The first page has room for a few; `where` every one of them is whole. */
function remarks(title: string, id: string, texts: readonly string[], where: string): Markup {
  const shown = texts.slice(0, shownOnPage);
  const rest = texts.length - shown.length;
  return html`<section class="remarks" aria-labelledby="${id}">
    <h2 id="${id}">${title}: ${texts.length === 0 ? 'none' : texts.length}</h2>
    ${
      texts.length > 0 &&
      html`<ul>
        ${shown.map((text) => html`<li>${shortened(text, where)}</li>`)}${rest > 0 && html`<li>And ${rest} more, ${where}.</li>`}
      </ul>`
    }
  </section>`;
}

const deviationText = ({ what, why, agreedBy }: Report['deviations'][number]): string =>
  `${closed(what)} Why: ${closed(why)} ${agreedBy} agreed.`;

const shownOnPage = 3;
const longest = 110;
const shortened = (text: string, where: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest).trimEnd()} … (whole ${where})`;

function wholeLog({ log }: Report): Markup {
  return html`<section class="sheet" aria-labelledby="log">
    <h2 id="log">What happened, line by line</h2>
    <p class="soft">
      ${count(log.length, 'line')}. A filled triangle stands beside a deviation, an open one beside
      trouble.
    </p>
    <table class="log">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Time, UTC</th>
          <th scope="col">What happened</th>
        </tr>
      </thead>
      ${daysOf(log).map(
        ({ day, lines }) =>
          html`<tbody>
            <tr>
              <th class="day" scope="rowgroup" colspan="3">${day}</th>
            </tr>
            ${lines.map(
              ({ seq, at, says, mark }) =>
                html`<tr>
                  <th scope="row">${seq}</th>
                  <td class="time"><time datetime="${at}">${at.slice(11, 19)}</time></td>
                  <td>${markOf(mark)}${says}</td>
                </tr> `,
            )}
          </tbody> `,
      )}
    </table>
  </section>`;
}

function markOf(mark: LogLine['mark']): Markup | undefined {
  switch (mark) {
    case 'deviation':
      return html`<b class="mark" role="img" aria-label="Deviation: ">▲</b> `;
    case 'trouble':
      return html`<b class="mark" role="img" aria-label="Trouble: ">△</b> `;
    case undefined:
      return undefined;
  }
}

function daysOf(log: readonly LogLine[]): readonly { day: string; lines: LogLine[] }[] {
  const days: { day: string; lines: LogLine[] }[] = [];
  for (const line of log) {
    const day = utcDay(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}

/** No line of the log says what is open at the end, so they stand here where the first page had no room. */
function everyOpenItem({ openItems }: Report): Markup | undefined {
  if (openItems.length <= shownOnPage && openItems.every((item) => item.length <= longest))
    return undefined;
  return html`<section aria-labelledby="every-open-item">
    <h2 id="every-open-item">Every open item</h2>
    <ul>
      ${openItems.map((item) => html`<li>${item}</li>`)}
    </ul>
  </section>`;
}

function hashes(report: Report): Markup {
  return html`<section class="sheet" aria-labelledby="hashes">
    <h2 id="hashes">The hashes</h2>
    <p>
      Each line of record.jsonl carries the SHA-256 of itself and of the line before it; the last
      one is the head. A record whose head is the one on this paper is the record that this report
      was made from. It proves the order of the lines and that none was changed since; it proves
      neither the time nor that what people typed is true.
    </p>
    <table class="hashes">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Written down at</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        ${report.hashes.map(
          ({ seq, at, hash }) =>
            html`<tr>
              <th scope="row">${seq}</th>
              <td class="time">${at}</td>
              <td class="hash">${hash}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </section>`;
}

const groups = (hash: string): string => hash.replaceAll(/.{8}(?=.)/g, '$& ');
