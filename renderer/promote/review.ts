import { actions, button, el, heading } from '../isolated/el.ts';
import type { PromoteContext, PromoteRequest } from './main.ts';

/** Milliseconds before the last button opens, so that no double click and no held key presses it. */
const settle = 1500;

export interface ReviewAnswer {
  readonly press: () => void;
  readonly back: () => void;
}

/** Everything once more, and the one irreversible button. The focus goes to the heading, never to it. */
export function reviewView(
  { banner, operator, server }: PromoteContext,
  request: PromoteRequest,
  answer: ReviewAnswer,
): readonly HTMLElement[] {
  const forced = request.force !== undefined;
  const sending = el('p', { class: 'sending', role: 'status' });
  const go = button('danger', `Promote ${banner.cluster}${forced ? ' by force' : ''}`, () => {
    go.disabled = true;
    back.disabled = true;
    sending.textContent = 'Sending to Vault…';
    answer.press();
  });
  const back = button('plain', 'Back', answer.back);
  go.disabled = true;
  window.setTimeout(() => {
    go.disabled = back.disabled;
  }, settle);

  const lines: readonly (readonly [string, string])[] = [
    ['Cluster', request.clusterName],
    ['Sent to', server.node],
    ['Operator', operator],
    ['Second person', `${request.secondPerson} (${proofWords(request)})`],
    ['primary_cluster_addr', request.primaryClusterAddr ?? 'Vault’s own'],
    ['Force', forced ? 'yes: what is not replicated is lost for good' : 'no'],
  ];
  return [
    heading('h1', 'Last look'),
    el(
      'p',
      { class: 'lead' },
      'The next button is the promotion. It is sent once and cannot be undone.',
    ),
    el(
      'dl',
      { class: 'review' },
      ...lines.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
    ),
    actions(back, go),
    sending,
    el('p', { class: 'hint' }, 'Escape leaves this window without sending.'),
  ];
}

function proofWords({ pin, signature }: PromoteRequest): string {
  if (pin !== undefined) return 'with the PIN set at roster';
  return signature === undefined
    ? 'name typed, not authenticated'
    : 'with a signature over the head of the record';
}
