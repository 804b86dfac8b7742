import type { Conductor } from '../../electron/ceremony/conductor.ts';
import type { ProbedFamily } from '../../shared/ceremony/door.ts';

/** What stands on the screen after a step that was not refused: what it left in doubt, and the gravest findings. */
export function shown({ records }: Conductor, from: number): readonly string[] {
  const events = records.slice(from).map(({ event }) => event);
  const doubts = events.flatMap((event) => {
    if (event.type === 'door.probed') return notProved(event.families);
    return 'problem' in event ? [event.problem.known] : [];
  });
  const findings = events.flatMap((event) =>
    event.type === 'preflight.checked' ? event.findings : [],
  );
  const gravest = (['stop', 'warning'] as const).find((one) =>
    findings.some(({ level }) => level === one),
  );
  const found = findings.filter(({ level }) => level === gravest).map(({ what }) => what);
  const told = [...doubts, ...found];
  return told.length > 0 ? told : ['The step was taken.'];
}

/** What nodes answered that shows neither an open nor a closed door. */
const notProved = (families: readonly ProbedFamily[]): readonly string[] =>
  families.flatMap(({ answer, says }) => (answer === 'other' ? [says ?? ''] : []));
