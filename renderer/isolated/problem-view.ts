import type { Problem } from '../../shared/problem.ts';
import { el } from './el.ts';
import { shape } from './shapes.ts';

/** What is known, what is safe and what to do now, read out as soon as it appears. */
export function problemView(problem: Problem): HTMLElement {
  const facts = Object.entries(problem.facts ?? {});
  return el(
    'section',
    { class: 'notice warning problem', role: 'alert' },
    el('p', { class: 'known' }, shape('cross'), problem.known),
    el(
      'dl',
      {},
      el('dt', {}, 'What is safe'),
      el('dd', {}, problem.safe),
      el('dt', {}, 'What to do now'),
      el('dd', {}, problem.next),
      ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', { class: 'mono' }, value)]),
    ),
  );
}
