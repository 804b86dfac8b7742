import { useEffect, useRef } from 'react';
import type { Problem } from '../../../../../shared/problem.ts';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';

/** A problem within a step: brought into sight when it appears, under a heading of its own. */
export function Trouble({ problem, title }: { problem: Problem; title: string | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const { known } = problem;
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [known]);
  return (
    <div ref={box}>
      <h2 className="visually-hidden">Trouble</h2>
      <ProblemBox problem={problem} {...(title ? { title } : {})} />
    </div>
  );
}
