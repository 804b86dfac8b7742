import type { ReplyOf } from '../../shared/contract/define.ts';
import type { shareEntry } from '../../shared/contract/isolated.ts';
import type { Result } from '../../shared/problem.ts';
import { connectTrusting, type Client } from '../bridge.ts';
import { el, heading } from '../isolated/el.ts';
import { openPage, refuseCopying } from '../isolated/page.ts';
import { shape } from '../isolated/shapes.ts';
import { giveStep } from './give.ts';
import { nodeDiffers, nodeStep } from './node.ts';
import { resultView, sealedView } from './result.ts';
import { whoStep } from './who.ts';
import { wordsDiffer, wordsStep } from './words.ts';

export type ShareClient = Client<typeof shareEntry>;
export type ShareContext = ReplyOf<(typeof shareEntry)['calls']['share.context']>;

/** Who gives, whether they are in the right ceremony, and the share: in this order, each once. */
type Step =
  | { readonly at: 'who' }
  | { readonly at: 'same'; readonly holder: string }
  | { readonly at: 'share'; readonly holder: string };

const client: ShareClient = connectTrusting<typeof shareEntry>();
const close = (): Promise<Result<unknown>> => client.call('share.close', undefined);

refuseCopying();
const context = await client.call('share.context', undefined);
if (context.ok) begin(context.value);
else openPage(undefined, close).showProblem('A share cannot be given now', context.problem);

function begin(facts: ShareContext): void {
  const { banner, goal, progress, required, round } = facts;
  const asked = goal.kind === 'attempt' ? 'Are the words the same?' : 'Is it this node?';
  const page = openPage(banner, close);
  const count = (given: number): void =>
    // Which round it is only the operator's laptop knows.
    page.tell(`${given} of ${required} so far`, ...(facts.away ? [] : [`Round ${round}`]));
  if (facts.seals) page.tell(`${required} are needed`);
  else count(progress);

  const go = (step: Step): void => {
    const title = el('h1', {}, `${facts.seals ? 'Seal' : 'Give'} one ${banner.shareWord}`);
    page.show(title, el('ol', { class: 'steps' }, ...steps(step)));
  };

  const steps = (step: Step): readonly HTMLElement[] => {
    switch (step.at) {
      case 'who':
        return [
          current(
            'Who gives it?',
            whoStep(facts, (holder) => go({ at: 'same', holder })),
          ),
          later(asked),
          later(`The ${banner.shareWord}`),
        ];
      case 'same': {
        const { holder } = step;
        const match = () => go({ at: 'share', holder });
        const again = () => go(step);
        const same =
          goal.kind === 'attempt'
            ? wordsStep(client, goal, holder, {
                match,
                differ: () => page.show(...wordsDiffer(again, page.close)),
              })
            : nodeStep(goal.node, {
                match,
                differ: () => page.show(...nodeDiffers(again, page.close)),
              });
        return [
          done(`${holder} gives it`, () => go({ at: 'who' })),
          current(asked, same),
          later(`The ${banner.shareWord}`),
        ];
      }
      case 'share': {
        const { holder } = step;
        const give = giveStep(client, facts, holder, {
          given(reply) {
            if (facts.seals) return page.show(...sealedView(holder, banner, page.close));
            count(reply.complete ? required : reply.progress);
            page.show(...resultView(holder, reply, facts, page.close));
          },
          over: (problem) => page.showProblem('The share was not accepted', problem),
          leave: page.close,
        });
        return [
          done(`${holder} gives it`, () => go({ at: 'who' })),
          done(goal.kind === 'attempt' ? 'The words are the same' : 'It is this node'),
          current(`${holder} gives the ${banner.shareWord}`, give),
        ];
      }
    }
  };

  go({ at: 'who' });
}

function current(title: string, body: HTMLElement): HTMLElement {
  return el('li', { class: 'current', 'aria-current': 'step' }, heading('h2', title), body);
}

function later(title: string): HTMLElement {
  return el('li', { class: 'later' }, el('h2', {}, title));
}

function done(title: string, change?: () => void): HTMLElement {
  const item = el('li', { class: 'done' }, shape('check'), el('h2', {}, title));
  if (change !== undefined) {
    const again = el('button', { type: 'button', class: 'button quiet' }, 'Change');
    again.addEventListener('click', change);
    item.append(again);
  }
  return item;
}
