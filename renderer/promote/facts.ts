import { el } from '../isolated/el.ts';
import { shape, type Shape } from '../isolated/shapes.ts';
import { comparison, type Compared } from './comparison.ts';
import type { PromoteContext } from './main.ts';
import { emptyForm, readiness } from './readiness.ts';
import { utcMoment } from '../../shared/report/instants.ts';

/** Everything to read before anything can be typed. */
export function facts(context: PromoteContext): readonly HTMLElement[] {
  const now = readiness(context, emptyForm);
  return [
    ...(now.state === 'closed' ? [stops(now.because)] : []),
    ...(context.refused === undefined ? [] : [refusal(context.refused)]),
    consequences(context),
    ...(context.batchToken === undefined ? [] : [credential(context.batchToken)]),
    el('h2', {}, 'Which cluster is it?'),
    report(context),
    el('h2', {}, 'What keeps the old primary away?'),
    fencing(context.fencing),
  ];
}

const stops = (because: readonly string[]): HTMLElement =>
  el(
    'section',
    { class: 'notice danger' },
    el('h2', {}, 'The button is closed'),
    el('ul', { class: 'list' }, ...because.map((reason) => el('li', {}, reason))),
    el('p', {}, 'Close this window; the guide says what can be done. Nothing was sent.'),
  );

const refusal = (refused: NonNullable<PromoteContext['refused']>): HTMLElement =>
  el(
    'section',
    { class: 'notice warning' },
    el('p', {}, `Promote was asked for before and refused. ${refused.known}`),
    el('p', {}, 'Vault’s own words:'),
    el('blockquote', {}, refused.serverText),
  );

const consequences = ({ banner }: PromoteContext): HTMLElement =>
  el(
    'ul',
    { class: 'list' },
    el(
      'li',
      {},
      el('strong', {}, banner.cluster),
      ' stops being a DR secondary and becomes a primary.',
    ),
    el('li', {}, 'It does not answer for a while, from seconds to several minutes.'),
    el(
      'li',
      {},
      'It cannot be undone, and it is sent once. Two active primaries would part the data.',
    ),
  );

/** No key holder vouched for this promote: the two people at the page are all there is. */
const credential = ({ label, expiresAt }: NonNullable<PromoteContext['batchToken']>): HTMLElement =>
  el(
    'p',
    {},
    `It goes with the batch token “${label}”, ${
      expiresAt === undefined ? 'whose expiry is not known' : `valid until ${utcMoment(expiresAt)}`
    }. No key holder takes part.`,
  );

function report(context: PromoteContext): HTMLElement {
  const { banner } = context;
  return el(
    'div',
    {},
    el(
      'p',
      {},
      `The label “${banner.cluster}” is our own and proves nothing. This is what the server says of itself.`,
    ),
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('td', {}),
          el('th', { scope: 'col' }, 'The server says'),
          el('th', { scope: 'col' }, 'Compared'),
        ),
      ),
      el('tbody', {}, ...comparison(context).map(row)),
    ),
  );
}

function row({ name, reported, expected, verdict }: Compared): HTMLElement {
  const shown = verdicts[verdict];
  return el(
    'tr',
    { 'data-verdict': verdict },
    el('th', { scope: 'row' }, name),
    el('td', { class: 'mono' }, reported),
    el(
      'td',
      {},
      ...(verdict === 'differs' || verdict === 'not reported'
        ? [el('span', { class: 'mono expected' }, expected)]
        : []),
      ...(shown === undefined
        ? []
        : [el('span', { class: `mark ${shown.tone}` }, shape(shown.shape), shown.word)]),
    ),
  );
}

interface Mark {
  readonly shape: Shape;
  readonly tone: string;
  readonly word: string;
}

const verdicts: Readonly<Record<Compared['verdict'], Mark | undefined>> = {
  matches: { shape: 'check', tone: 'good', word: 'matches' },
  differs: { shape: 'cross', tone: 'danger', word: 'differs' },
  'not reported': { shape: 'question', tone: 'unknown', word: 'not reported' },
  'not pinned': { shape: 'question', tone: 'unknown', word: 'not pinned before' },
  'no expectation': undefined,
};

function fencing({ how, confirmedBy, primary, reason }: PromoteContext['fencing']): HTMLElement {
  return el(
    'div',
    {},
    el('p', {}, primarySentences[primary] ?? primary),
    el('blockquote', {}, how),
    ...(reason === undefined
      ? []
      : [el('p', {}, 'Why promote all the same:'), el('blockquote', {}, reason)]),
    el('p', { class: 'hint' }, `Confirmed by ${confirmedBy}. Read it aloud; is it still true?`),
  );
}

const primarySentences: Readonly<Record<string, string>> = {
  'answers-as-active': 'The old primary still answers as an active primary.',
  'not-visible': 'The old primary is not visible from here. That does not mean that it is down.',
  'answers-otherwise': 'The old primary answers, but not as an active primary.',
  'none-known': 'No address of the old primary is known, so it was not looked for.',
};
