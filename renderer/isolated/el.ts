type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * One element with its attributes and children. Text only ever becomes a text node: nothing these
 * pages are told can turn into markup.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

export type ButtonKind = 'plain' | 'primary' | 'danger' | 'quiet';

/** A button that does one thing when it is pressed, by pointer or keyboard. */
export function button(kind: ButtonKind, label: string, press: () => void): HTMLButtonElement {
  const element = el('button', { type: 'button', class: `button ${kind}` }, label);
  element.addEventListener('click', press);
  return element;
}

/** A heading that receives the focus when its part of the page appears, so that it is read out first. */
export const heading = (level: 'h1' | 'h2', ...text: readonly (Node | string)[]) =>
  el(level, { tabindex: -1 }, ...text);

/** The buttons that end a step, the way forward first. */
export const actions = (...buttons: readonly HTMLElement[]): HTMLElement =>
  el('div', { class: 'actions' }, ...buttons);
