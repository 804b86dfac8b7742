import type { Banner } from '../../shared/contract/common.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import { actions, button, el, heading } from './el.ts';
import { problemView } from './problem-view.ts';

export interface Page {
  /** Replaces what is in the middle, and moves the focus to the first heading that asks for it. */
  readonly show: (...content: readonly (Node | string)[]) => void;
  /** Replaces the short texts beside the cluster's name, like "1 of 3 so far". */
  readonly tell: (...facts: readonly string[]) => void;
  /** Ends the page with a problem; the only way on is to close it. */
  readonly showProblem: (title: string, problem: Problem) => void;
  /** Asks main to destroy this page. Where main cannot, the page says why. */
  readonly close: () => void;
}

/** The frame all isolated pages share: the banner on top, one column below. */
export function openPage(
  banner: Banner | undefined,
  askToClose: () => Promise<Result<unknown>>,
): Page {
  const main = el('main', {});
  const facts = el('p', { class: 'facts' });
  document.body.replaceChildren(...(banner === undefined ? [] : [bannerView(banner, facts)]), main);
  document.documentElement.dataset['colour'] = banner?.colour ?? 'slate';
  refuseStrayDrops();

  const show = (...content: readonly (Node | string)[]): void => {
    main.replaceChildren(...content);
    window.scrollTo(0, 0);
    main.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  };
  const page: Page = {
    show,
    tell: (...texts) => facts.replaceChildren(...texts.map((text) => el('span', {}, text))),
    showProblem(title, problem) {
      const leave = button('primary', 'Close', page.close);
      show(heading('h1', title), problemView(problem), actions(leave));
    },
    close() {
      void askToClose().then((result) => {
        if (!result.ok) main.append(problemView(result.problem));
      });
    },
  };
  return page;
}

function bannerView(banner: Banner, facts: HTMLElement): HTMLElement {
  const kind = banner.practice ? 'practice' : 'real';
  return el(
    'header',
    { class: 'banner' },
    el('strong', { class: `tag ${kind}` }, banner.practice ? 'PRACTICE' : 'REAL'),
    el('span', { class: 'cluster' }, banner.cluster),
    facts,
  );
}

/** A file that misses the field must not replace the page. */
function refuseStrayDrops(): void {
  for (const type of ['dragover', 'drop'] as const) {
    document.addEventListener(type, (event) => event.preventDefault());
  }
}

/**
 * On a page that holds a secret nothing can be copied, cut or dragged out. A menu over selected
 * text stays closed too: browsers offer to look the text up. Without a selection it is there to paste.
 */
export function refuseCopying(): void {
  for (const type of ['copy', 'cut', 'dragstart'] as const) {
    document.addEventListener(type, (event) => event.preventDefault(), { capture: true });
  }
  document.addEventListener('contextmenu', (event) => {
    if (isTextSelected()) event.preventDefault();
  });
}

function isTextSelected(): boolean {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement && field.selectionStart !== field.selectionEnd) {
    return true;
  }
  return document.getSelection()?.isCollapsed === false;
}
