import { useEffect, useRef, type ReactNode } from 'react';
import { cx } from '../cx.ts';
import styles from './Layout.module.css';

export interface ShellProps {
  /** What must always be seen: stays on top while the work scrolls. */
  readonly bar?: ReactNode;
  /** Steps or places. On the left; above the work where the window is narrow or zoomed. */
  readonly rail: ReactNode;
  /** What the rail is, for a screen reader: "Steps", "Places". */
  readonly railLabel: string;
  readonly children: ReactNode;
}

/** The frame of every screen: bar, rail, and one column of work. */
export function Shell({ bar, rail, railLabel, children }: ShellProps) {
  return (
    <div className={styles.shell}>
      {bar && <header className={styles.bar}>{bar}</header>}
      <div className={styles.below}>
        <nav className={styles.rail} aria-label={railLabel}>
          {rail}
        </nav>
        <main className={styles.work}>{children}</main>
      </div>
    </div>
  );
}

export interface PageProps {
  readonly title: string;
  /** One or two sentences: what this is for. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Stands over the title: a badge, a way back. */
  readonly above?: ReactNode;
}

/** One column under one title. The title takes the focus when the page comes on. */
export function Page({ title, lead, children, above }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [title]);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        {above}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {children}
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  children,
  aside,
}: {
  title: string;
  children: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A sheet on the desk: what belongs together inside one outline. */
export function Card({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'loud';
}) {
  return <div className={cx(styles.card, styles[tone])}>{children}</div>;
}

/** Things one under the other, with even space between. */
export function Stack({
  children,
  gap = 'normal',
}: {
  children: ReactNode;
  gap?: 'tight' | 'normal' | 'wide';
}) {
  return <div className={cx(styles.stack, styles[gap])}>{children}</div>;
}

/** Things side by side, going on below where there is no room. */
export function Row({
  children,
  spread = false,
}: {
  children: ReactNode;
  /** First to the left edge, last to the right. */
  spread?: boolean;
}) {
  return <div className={cx(styles.row, spread && styles.spread)}>{children}</div>;
}
