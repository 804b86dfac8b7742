/** A shape says without colour what a word beside it says too. */
export type Shape = 'check' | 'cross' | 'question' | 'info' | 'key';

const paths: Readonly<Record<Shape, string>> = {
  check: 'M4 12.5l5 5L20 6.5',
  cross: 'M5.5 5.5l13 13M18.5 5.5l-13 13',
  question: 'M8 8.5a4 4 0 1 1 5.6 3.7c-1 .5-1.6 1.2-1.6 2.3M12 19h.01',
  info: 'M12 10.5V18M12 6h.01',
  key: 'M12 13v9M12 18h3.5M12 21.5h2.5M12 13a5 5 0 1 1 0-10 5 5 0 0 1 0 10zM12 8h.01',
};

/** A drawing in the colour of the text around it, hidden from screen readers: the word speaks. */
export function shape(name: Shape, className = 'shape'): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
