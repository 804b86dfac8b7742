import type { Link } from '../../../../shared/topology/link.ts';
import { linkOf } from '../../../../shared/topology/link.ts';
import { memberState } from '../../../../shared/topology/member-state.ts';
import type { Readings } from '../../../../shared/topology/node-state.ts';
import { roleWords, type Member } from '../../../../shared/topology/site.ts';
import { timeOfDay } from '../../app/time.ts';
import { ClusterChip } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { cx } from '../../components/cx.ts';
import { NodeChip } from './NodeChip.tsx';
import { lagWords } from './words.ts';
import styles from './Map.module.css';

export interface SiteTreeProps {
  readonly site: Member;
  readonly readings: Readings;
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/**
 * The site as a picture that is a nested list: each cluster stands beside (where there is room) or
 * below what it replicates from. Pressing a cluster's name shows all that is known of it.
 */
export function SiteTree(props: SiteTreeProps) {
  return (
    <div className={styles.picture}>
      <ul className={styles.tree} aria-label="The site's clusters, each with those that follow it">
        <Branch {...props} member={props.site} link={undefined} />
      </ul>
    </div>
  );
}

function Branch({
  member,
  link,
  ...props
}: SiteTreeProps & { member: Member; link: Link | undefined }) {
  const { readings } = props;
  return (
    <li className={styles.branch}>
      {link && <LinkLine link={link} />}
      <ClusterBox {...props} member={member} />
      {member.followers.length > 0 && (
        <ul className={styles.followers}>
          {member.followers.map((follower) => (
            <Branch
              {...props}
              key={follower.key}
              member={follower}
              link={linkOf(member, follower, readings)}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The line from the cluster above: which replication, and how it is. */
function LinkLine({ link }: { link: Link }) {
  const lag = lagWords(link);
  return (
    <p className={cx(styles.link, styles[link.level])}>
      <span className={styles.arrow} aria-hidden="true">
        ↳
      </span>
      <span>{link.kind === 'dr' ? 'DR replication' : 'Performance replication'}</span>
      <Level level={link.level} word={link.word} />
      {link.state !== undefined && <code>{link.state}</code>}
      {lag && <span>{lag}</span>}
    </p>
  );
}

function ClusterBox({ member, readings, chosen, onChoose }: SiteTreeProps & { member: Member }) {
  const state = memberState(member, readings);
  return (
    <div
      className={cx(
        styles.cluster,
        styles[`is-${state.level}`],
        chosen === member.key && styles.chosen,
      )}
    >
      <button
        type="button"
        className={styles.name}
        aria-pressed={chosen === member.key}
        onClick={() => onChoose(member.key)}
      >
        {member.colour ? <ClusterChip name={member.name} colour={member.colour} /> : member.name}
      </button>
      <p className={styles.role}>
        {roleWords[member.role]}
        {member.promotable && ', the one a ceremony promotes'}
      </p>
      <p className={styles.state}>
        <Level level={state.level} word={state.word} />
        {state.silentSince !== undefined && (
          <span className={styles.since}>since {timeOfDay(state.silentSince)}</span>
        )}
      </p>
      {member.nodes.length > 0 && (
        <ul className={styles.nodes} aria-label={`Nodes of ${member.name}`}>
          {member.nodes.map((node) => (
            <NodeChip key={node} node={node} reading={readings.get(node)} />
          ))}
        </ul>
      )}
    </div>
  );
}
