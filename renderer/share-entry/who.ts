import { actions, button, el } from '../isolated/el.ts';
import type { ShareContext } from './main.ts';

/** The roster as radio buttons. Who gave in this round cannot be chosen again until the next one. */
export function whoStep(context: ShareContext, choose: (holder: string) => void): HTMLElement {
  let chosen: string | undefined;
  const next = button('primary', 'Continue', () => {
    if (chosen !== undefined) choose(chosen);
  });
  next.disabled = true;

  const choices = context.holders.map(({ name, gave }, place) => {
    const radio = el('input', { type: 'radio', name: 'holder', value: place, disabled: gave });
    radio.addEventListener('change', () => {
      chosen = name;
      next.disabled = false;
    });
    const note = gave ? [el('span', { class: 'hint' }, 'gave a share in this round')] : [];
    return el('label', { class: 'choice' }, radio, el('span', {}, name), ...note);
  });

  return el(
    'div',
    {},
    ...(context.round > 1 ? [roundNotice(context)] : []),
    el('fieldset', {}, el('legend', {}, 'Choose your own name.'), ...choices),
    actions(next),
  );
}

const roundNotice = ({ round, banner, goal }: ShareContext): HTMLElement =>
  el(
    'p',
    { class: 'notice quiet' },
    `This is round ${round}. The round before did not succeed, so every holder gives their ` +
      `${banner.shareWord} again. ${goal.kind === 'attempt' ? 'The words are the same as before.' : 'It is the same node as before.'}`,
  );
