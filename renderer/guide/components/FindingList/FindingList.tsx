import {
  byGravity,
  inGroups,
  type Finding,
  type FindingGroup,
} from '../../../../shared/ceremony/findings.ts';
import { Level } from '../Badge/Level.tsx';
import { Disclosure } from '../Disclosure/Disclosure.tsx';
import styles from './FindingList.module.css';

/** What of a finding is shown. `name` heads the findings that are each about another thing. */
export interface Told extends Pick<Finding, 'level' | 'what' | 'todo' | 'node'> {
  readonly id: string;
  readonly name?: string;
  readonly why?: string;
}

/** So many of one kind are read one by one; the rest is a key press away. */
const shownOfAKind = 3;

/**
 * Findings, the gravest first and like beside like. Each says what was seen; where it is not fine, why
 * it matters and what to do. What is fine is counted, and shown when asked for.
 */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const groups = inGroups(findings);
  const open = groups.filter(({ level }) => level !== 'ok');
  const fine = findings.filter(({ level }) => level === 'ok');
  return (
    <div>
      {open.map((group) => (
        <Group key={`${group.level} ${group.id}`} group={group} />
      ))}
      {fine.length > 0 && (
        <Disclosure
          title={fine.length === 1 ? 'One thing is fine' : `${fine.length} things are fine`}
          startsOpen={open.length === 0}
        >
          <ToldList findings={fine} />
        </Disclosure>
      )}
    </div>
  );
}

function Group({ group: { findings } }: { group: FindingGroup }) {
  const all = findings.length <= shownOfAKind + 1;
  const shown = all ? findings : findings.slice(0, shownOfAKind);
  const rest = findings.slice(shown.length);
  return (
    <>
      <ToldList findings={shown} />
      {rest.length > 0 && (
        <Disclosure title={`${rest.length} more of this kind, on other nodes`}>
          <ToldList findings={rest} />
        </Disclosure>
      )}
    </>
  );
}

/** The bare list, the gravest first. */
export function ToldList({ findings }: { findings: readonly Told[] }) {
  return (
    <ul className={styles.list}>
      {byGravity(findings).map((finding, place) => (
        <li key={`${finding.id}-${finding.node ?? ''}-${place}`} className={styles.finding}>
          <Level level={finding.level} />
          <div className={styles.text}>
            {finding.name && <p className={styles.name}>{finding.name}</p>}
            <p className={styles.what}>{finding.what}</p>
            {finding.node && <p className={styles.node}>{finding.node}</p>}
            {finding.level !== 'ok' && (
              <>
                {finding.why && <p className={styles.why}>{finding.why}</p>}
                {finding.todo && (
                  <p>
                    <b>To do: </b>
                    {finding.todo}
                  </p>
                )}
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
