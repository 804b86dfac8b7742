/** The papers a report can be printed on. */
export const papers = ['A4', 'Letter'] as const;
export type Paper = (typeof papers)[number];

/**
 * The report's style sheet: black on white, with renderer/style/tokens.css' type and spacing. What
 * differs differs by word, weight or line, never by colour alone.
 *
 * @param of goes into the foot of every page; an id and a hash hold nothing that CSS would read.
 */
export const styleSheet = (
  paper: Paper,
  of: { readonly id: string; readonly head: string },
): string => `
@page {
  size: ${paper};
  margin: 12mm 17mm 15mm;
  @bottom-left { content: "${of.id} · head ${of.head.slice(0, 16)}…"; font: 8pt ${mono}; color: #475560; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt ${sans}; color: #475560; }
}
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; color: #11181d; background: #fff; font: 10pt/1.4 ${sans}; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 48rem; margin: 0 auto; }
h1, h2, p, ul, table { margin: 0; }
h1 { font-size: 20pt; line-height: 1.15; font-weight: 700; }
h2 { font-size: 12pt; line-height: 1.2; margin: .9em 0 .3em; font-weight: 700; break-after: avoid; }
ul { padding-left: 1.2em; }
li + li { margin-top: .2em; }
.remarks { font-size: 9pt; }
.remarks h2 { font-size: 11pt; }
.kind { display: flex; gap: .75em; align-items: center; margin-bottom: .6em; }
.real, .practice { padding: .15em .6em; border: 1.5pt solid #11181d; border-radius: 3pt; font-weight: 700; letter-spacing: .06em; }
.real { color: #fff; background: #11181d; print-color-adjust: exact; }
.practice { border-style: dashed; }
.headline { font-size: 13pt; margin-top: .4em; }
.soft { color: #475560; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .32em .6em .32em 0; text-align: left; vertical-align: baseline; border-top: .5pt solid #8d99a2; }
th { font-weight: 600; }
td:last-child { padding-right: 0; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
thead th { border-top: 0; border-bottom: 1pt solid #11181d; }
.facts { border-bottom: .5pt solid #8d99a2; }
.facts { font-size: 9pt; }
.facts th, .facts td { padding-top: .18em; padding-bottom: .18em; }
.facts th { width: 10.5em; white-space: nowrap; }
.log thead th:nth-child(1), .hashes thead th:nth-child(1) { width: 3.2em; }
.log thead th:nth-child(2) { width: 7.5em; }
.hashes thead th:nth-child(2) { width: 15.5em; }
.log tbody th, .hashes tbody th { font-weight: 400; color: #475560; }
.log .day { padding-top: 1em; color: #11181d; font-weight: 700; break-after: avoid; }
.time { white-space: nowrap; }
.hash { font-family: ${mono}; }
.head .hash { font-size: 8.5pt; }
.hashes .hash { font-size: 8pt; white-space: nowrap; }
.head { display: grid; grid-template-columns: minmax(0, 1fr) 25mm; gap: 8mm; align-items: end; margin-top: .7em; font-size: 9pt; border-top: 1pt solid #11181d; break-inside: avoid; }
.head h2 { margin-top: .5em; }
.head p + p { margin-top: .35em; }
.qr svg { display: block; width: 25mm; height: 25mm; }
.sheet { break-before: page; }
.sheet > p { margin-bottom: .8em; }
@media screen {
  body { padding: 2rem 1.5rem 4rem; font-size: 1.0625rem; line-height: 1.55; }
  .facts, .remarks, .head { font-size: inherit; }
  .sheet { margin-top: 3rem; }
  .hashes .hash { white-space: normal; font-size: .85rem; }
}
`;

const sans = `system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif`;
const mono = `'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'JetBrains Mono', 'DejaVu Sans Mono', 'Liberation Mono', monospace`;
