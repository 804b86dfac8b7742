import type { Profile } from '../../../../shared/profile.ts';
import styles from './ClusterMark.module.css';

type Colour = Profile['colour'];

/** Each colour has a shape of its own, so that nobody needs to see the colour. */
const shapes: Readonly<Record<Colour, string>> = {
  teal: 'M12 3a9 9 0 100 18 9 9 0 000-18z',
  violet: 'M12 2l10 10-10 10L2 12z',
  amber: 'M12 3l10 18H2z',
  rose: 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z',
  blue: 'M4 4h16v16H4z',
  green: 'M12 2l9 5v10l-9 5-9-5V7z',
  slate: 'M2 8h20v8H2z',
};

/** The shape's name, for a list where a colour is chosen. */
export const shapeNames: Readonly<Record<Colour, string>> = {
  teal: 'circle',
  violet: 'diamond',
  amber: 'triangle',
  rose: 'cross',
  blue: 'square',
  green: 'hexagon',
  slate: 'bar',
};

/** A cluster's colour and shape. Decoration: its name always stands beside it. */
export function ClusterMark({ colour, size = 1 }: { colour: Colour; size?: number }) {
  return (
    <svg
      className={styles[colour]}
      viewBox="0 0 24 24"
      width={`${size}rem`}
      height={`${size}rem`}
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[colour]} />
    </svg>
  );
}
