import type { Cluster } from '../ceremony/events.ts';
import { byHandOnPaper, type ByHand } from '../ceremony/by-hand.ts';
import type { Digest } from '../ids.ts';
import { shareWord } from '../profile.ts';
import { visible } from '../report/visible.ts';
import { ruleSentences, siteRuleIds, usualRules } from '../site-rules.ts';
import { stepIds, type Script, type SiteStep, type StepId } from './schema.ts';

/** Rows for holders' hands on paper; more than a usual ceremony has shares. */
const holderRows = 7;

/**
 * The script as a page to print before the night: every step with its challenge and response, lines
 * for signatures, room for the words of the record's head, and the commands that do it by hand.
 * Plain HTML without a script or an outside file. Whatever a site wrote is text in it.
 */
export function printScript(script: Script, hash: Digest, cluster: Cluster): string {
  const commands = byHandOnPaper(cluster);
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${text(script.title)}: ${text(cluster.name)}</title>`,
    `<style>${style}</style></head><body>`,
    `<h1>DR failover of ${text(cluster.name)}</h1>`,
    `<p>${text(script.title)}. SHA-256 of the script: <code>${hash}</code></p>`,
    people(shareWord(cluster.seal)),
    rules(cluster),
    ...stepIds.map((id) => step(script, id, commands[id] ?? [])),
    '<h2>At the end</h2>',
    headWords('At the close'),
    '<p>Deviations, each with what, why and who agreed:</p>',
    ruledLines(6),
    '</body></html>',
  ].join('\n');
}

const people = (word: string): string => `<h2>Present</h2>
<table><thead><tr><th>Part</th><th>Name</th><th>Organisation</th><th>Custody bag</th><th>Signature</th></tr></thead>
<tbody>${[
  'Operator',
  'Witness',
  'Second person',
  ...Array.from({ length: holderRows }, () => `Holder (${word})`),
]
  .map((part) => `<tr><td>${part}</td><td></td><td></td><td></td><td></td></tr>`)
  .join('')}</tbody></table>`;

const rules = (cluster: Cluster): string => `<h2>Separation of duties</h2>
<ul>${siteRuleIds
  .map(
    (id) =>
      `<li>${ruleSentences[id]}${(cluster.rules ?? usualRules)[id] ? '' : ' <em>Not kept by this site.</em>'}</li>`,
  )
  .join('')}</ul>`;

function step(script: Script, id: StepId, commands: readonly ByHand[]): string {
  const own = script.steps.find((one) => one.id === id);
  if (!own) return '';
  return [
    `<section><h2>${text(own.title)} <small>${own.owner}</small></h2>`,
    `<p>${text(own.text)}</p>`,
    ...script.siteSteps.filter(({ at }) => at === id).map(siteStep),
    `<p><strong>Challenge:</strong> ${text(own.challenge)}<br><strong>Response:</strong> ${text(own.response)}</p>`,
    signature,
    ...(id === 'start' ? [headWords('After the start')] : []),
    ...(id === 'shares'
      ? Array.from({ length: holderRows }, (_, place) => headWords(`After share ${place + 1}`))
      : []),
    ...(commands.length > 0 ? ['<h3>By hand</h3>', ...commands.map(command)] : []),
    '</section>',
  ].join('\n');
}

const siteStep = ({ title, owner, text: says, check }: SiteStep): string =>
  `<div class="site"><h3>${text(title)} <small>${owner}</small></h3><p>${text(says)}</p>${
    check === undefined ? '' : `<p>☐ <strong>Required:</strong> ${text(check)}</p>${signature}`
  }</div>`;

const signature = '<p class="sign"><span>Name</span><span>Time</span><span>Signature</span></p>';

const headWords = (when: string): string =>
  `<p class="head"><span>${when}, the first eight words of the head:</span>${'<span class="word"></span>'.repeat(8)}</p>`;

const ruledLines = (count: number): string => '<p class="ruled"></p>'.repeat(count);

const command = ({ title, vault, http }: ByHand): string =>
  `<p>${text(title)}</p>${[vault, http]
    .filter((line) => line !== '')
    .map((line) => `<pre>${text(line)}</pre>`)
    .join('')}`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text: no mark-up, and what would not be seen or turns the reading direction is named. */
const text = (value: string): string =>
  visible(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

const style = `
@page { margin: 18mm }
body { font: 11pt/1.45 system-ui, sans-serif; color: #000; max-width: 178mm; margin: 0 auto }
h2 { border-bottom: 1px solid #000; margin: 1.6em 0 .5em }
small { font-weight: normal }
section { break-inside: auto }
h2, h3 { break-after: avoid }
table { width: 100%; border-collapse: collapse }
th, td { border: 1px solid #000; padding: .35em; text-align: left; height: 1.6em }
pre { font: 9pt/1.4 monospace; white-space: pre-wrap; overflow-wrap: anywhere; border-left: 2px solid #000; padding-left: .6em; break-inside: avoid }
code { font: 9pt monospace; overflow-wrap: anywhere }
.site { border: 1px solid #000; padding: 0 .8em; margin: .6em 0; break-inside: avoid }
.sign span { display: inline-block; width: 30%; border-top: 1px solid #000; margin: 2.2em 3% 0 0; font-size: 9pt }
.head { break-inside: avoid }
.head span:first-child { display: block }
.head .word { display: inline-block; width: 11%; border-bottom: 1px solid #000; height: 1.9em; margin-right: 1.2% }
.ruled { border-bottom: 1px solid #000; height: 1.9em; margin: 0 }
`;
