import type { ReplyOf, RequestOf } from '../../shared/contract/define.ts';
import type { promote } from '../../shared/contract/isolated.ts';
import type { Result } from '../../shared/problem.ts';
import { connectTrusting, type Client } from '../bridge.ts';
import { actions, button, el, heading } from '../isolated/el.ts';
import { openPage } from '../isolated/page.ts';
import { problemView } from '../isolated/problem-view.ts';
import { formView } from './form.ts';
import { emptyForm, type PromoteForm } from './readiness.ts';
import { reviewView } from './review.ts';

export type PromoteClient = Client<typeof promote>;
export type PromoteContext = ReplyOf<(typeof promote)['calls']['promote.context']>;
export type PromoteRequest = RequestOf<(typeof promote)['calls']['promote.confirm']>;

const client: PromoteClient = connectTrusting<typeof promote>();
const close = (): Promise<Result<unknown>> => client.call('promote.close', undefined);

const context = await client.call('promote.context', undefined);
if (context.ok) begin(context.value);
else openPage(undefined, close).showProblem('Promote cannot open now', context.problem);

/** Look, fill in, review, press: four separate acts. Escape leaves at any of them, nothing sent. */
function begin(start: PromoteContext): void {
  let facts = start;
  const page = openPage(facts.banner, close);
  page.tell(`Operator: ${facts.operator}`);
  let sending = false;

  const edit = (form: PromoteForm): void =>
    page.show(
      ...formView(facts, form, {
        review: (filled, request) => review(filled, request),
        save: (force, folder) =>
          client.call('promote.save-statement', {
            force,
            ...(folder === undefined ? {} : { folder }),
          }),
        leave: page.close,
      }),
    );

  const review = (form: PromoteForm, request: PromoteRequest): void =>
    page.show(
      ...reviewView(facts, request, {
        press: () => void send(form, request),
        back: () => edit(form),
      }),
    );

  const send = async (form: PromoteForm, request: PromoteRequest): Promise<void> => {
    if (sending) return;
    sending = true;
    const result = await client.call('promote.confirm', request);
    sending = false;
    const leave = button('primary', 'Close', page.close);
    if (result.ok) {
      page.show(
        heading('h1', 'Sent'),
        el(
          'p',
          { class: 'lead' },
          `Watch the guide: it shows ${facts.banner.cluster} coming back.`,
        ),
        el('p', {}, 'It can be silent for seconds or minutes. That is no reason to send it again.'),
        actions(leave),
      );
    } else if (result.problem.code === 'input.invalid') {
      const back = button('primary', 'Change it', () => void again(form));
      const away = button('plain', 'Close without promoting', page.close);
      page.show(heading('h1', 'Not sent'), problemView(result.problem), actions(back, away));
    } else {
      page.showProblem('Promote did not go through', result.problem);
    }
  };

  /** What is asked for may be another by now, and a wrong PIN has cost a try: what was typed is gone. */
  const again = async (form: PromoteForm): Promise<void> => {
    const asked = await client.call('promote.context', undefined);
    if (!asked.ok) return page.showProblem('Promote cannot open now', asked.problem);
    facts = asked.value;
    edit({ ...form, pin: '', signature: '' });
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !sending) page.close();
  });
  edit(emptyForm);
}
