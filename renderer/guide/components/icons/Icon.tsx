import type { ReactNode } from 'react';

/*
 * Keyturn's own icons, drawn on a grid of 24 with one stroke. They never stand without a word, so
 * none of them has a name for a screen reader.
 */
const drawings = {
  check: <path d="M5 12.5l4.5 4.5L19 7" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
  warning: <path d="M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.1" />,
  stop: <path d="M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM8.5 12h7" />,
  unknown: (
    <path d="M12 3a9 9 0 100 18 9 9 0 000-18zM9.3 9.3a2.8 2.8 0 115 1.7c-.8.9-2.3 1.2-2.3 2.9M12 17v.1" />
  ),
  info: <path d="M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7.5v.1" />,
  good: <path d="M12 3a9 9 0 100 18 9 9 0 000-18zM8 12.3l2.8 2.8L16 9.5" />,
  key: (
    <path d="M8 8.5a4.5 4.5 0 100 7 4.5 4.5 0 002.2-2.5H21v3.5M17 13v2.5M8 8.5A4.5 4.5 0 0110.2 11H21v2" />
  ),
  cluster: (
    <path d="M12 3l4 2.3v4.6L12 12.2 8 9.9V5.3zM6.5 12.5l4 2.3v4.6l-4 2.3-4-2.3v-4.6zM17.5 12.5l4 2.3v4.6l-4 2.3-4-2.3v-4.6z" />
  ),
  site: <path d="M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4" />,
  home: <path d="M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6" />,
  practice: <path d="M12 3a9 9 0 100 18 9 9 0 000-18zM12 8a4 4 0 100 8 4 4 0 000-8zM12 12v.1" />,
  record: <path d="M6 3h9l4 4v14H6zM14.5 3v5H19M9.5 12.5h6M9.5 16.5h6" />,
  clock: <path d="M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5.3l3.5 2" />,
  shield: <path d="M12 3l8 3v6c0 4.5-3.2 7.8-8 9-4.8-1.2-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5" />,
  lock: <path d="M5 11h14v10H5zM8 11V8a4 4 0 018 0v3M12 15v2.5" />,
  plug: <path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4" />,
  plus: <path d="M12 5v14M5 12h14" />,
  edit: <path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5" />,
  trash: <path d="M4 7h16M9 7V4h6v3M6.5 7l1 14h9l1-14M10.5 11v6M13.5 11v6" />,
  forward: <path d="M5 12h13M13 6l6 6-6 6" />,
  back: <path d="M19 12H6M11 6l-6 6 6 6" />,
  chevron: <path d="M9 5l7 7-7 7" />,
  again: <path d="M19.5 12A7.5 7.5 0 1117 6.4M17.5 3v4h-4" />,
  file: <path d="M6 3h9l4 4v14H6zM14.5 3v5H19" />,
  people: (
    <path d="M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M15.5 4.3a3.5 3.5 0 010 6.4M17.5 14.3c2.4.7 4 2.8 4 5.7" />
  ),
  eye: (
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.3a2.7 2.7 0 100 5.4 2.7 2.7 0 000-5.4z" />
  ),
  terminal: <path d="M3 4.5h18v15H3zM7 9.5l3 2.5-3 2.5M12.5 15H17" />,
  flag: <path d="M6 21V4M6 4.5h12l-3 4 3 4H6" />,
  waiting: <path d="M7 3h10M7 21h10M8 3c0 5 8 5 8 9s-8 4-8 9M16 3c0 5-8 5-8 9s8 4 8 9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

/** One icon, as large as the text beside it unless a size in rem is given. */
export function Icon({ name, size = 1.25 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={`${size}rem`}
      height={`${size}rem`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
