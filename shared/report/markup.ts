import { visible } from './visible.ts';

/** HTML that is safe to put into a page: only this file makes it out of text. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | false | undefined | readonly Part[];

/**
 * HTML from a template. Everything put into it is text and is escaped, unless it is `Markup`
 * itself: markup in a name or a note is shown, never obeyed.
 */
export const html = (words: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  html: words.map((word, place) => word + write(parts[place])).join(''),
});

/** HTML that the caller vouches for: a style sheet, a drawing. Never what somebody typed. */
export const trusted = (text: string): Markup => ({ html: text });

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(write).join('');
}

const escaped = (text: string): string =>
  visible(text)
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(rightToLeft, '<bdi>$&</bdi>')
    .replaceAll('\n', '<br>');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Words of a script that is written from right to left. Each run is isolated, so that a name in
 * such a script does not turn round the words beside it.
 */
const rightToLeft =
  /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}](?:[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{M} ]*[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{M}])?/gu;
