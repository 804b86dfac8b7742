import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import type { Profile } from '../../../../shared/profile.ts';
import { readingsOf } from '../../../../shared/topology/node-state.ts';
import type { SiteReading } from '../../../../shared/topology/reading.ts';
import { siteState } from '../../../../shared/topology/site-state.ts';
import { siteOf } from '../../../../shared/topology/site.ts';
import { count, dayAndTime } from '../../app/time.ts';
import { useSites } from '../../app/use-sites.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import styles from './Home.module.css';

export interface ClustersProps {
  readonly profiles: readonly Profile[];
  readonly info: AppInfo;
  readonly keychainOpen: boolean;
  readonly busy: boolean;
  readonly onStart: (id: ProfileId) => void;
  readonly onPrepare: (id: ProfileId) => void;
  readonly onMap: (id: ProfileId) => void;
  readonly onAll: () => void;
}

/** The DR secondaries that were described here, each with its two verbs: prepare and start. */
export function Clusters({
  profiles,
  info,
  keychainOpen,
  busy,
  onStart,
  onPrepare,
  onMap,
  onAll,
}: ClustersProps) {
  // Nothing real is contacted because the app was opened: only what a person asked for, while Home is shown.
  const [asked, setAsked] = useState<readonly ProfileId[]>([]);
  const { sites, lookNow } = useSites(asked, 'short');
  const look = (id: ProfileId) =>
    asked.includes(id) ? lookNow() : setAsked((before) => [...before, id]);
  if (profiles.length === 0)
    return (
      <Empty icon="cluster" title="No cluster is described yet">
        Describe the DR secondary in daylight: its nodes, its CA, the primary&apos;s seal. The first
        connection test remembers which cluster it is, so that the night can check it.
      </Empty>
    );
  return (
    <Stack>
      {!info.realClustersAllowed && (
        <Notice tone="warning" title="Real ceremonies are closed in this window">
          <p id="real-closed">
            {info.hostNote || 'This window is for practice.'} A cluster can be described here;
            connecting to it needs the start option <code>--allow-real-cluster</code>.
          </p>
        </Notice>
      )}
      {profiles.slice(0, shownHere).map((profile) => (
        <Card key={profile.id}>
          <Row spread>
            <ClusterChip name={profile.name} colour={profile.colour} size="large" />
            <RealBadge practice={false} />
          </Row>
          <p>
            {count(profile.nodes.length, 'node')}
            {profile.primaryNodes.length > 0
              ? `, and ${count(profile.primaryNodes.length, 'known node')} of its primary`
              : ', and no known node of its primary'}
            .
          </p>
          <Row>
            {profile.pins ? (
              <>
                <Level level="ok" word="Pinned" />
                <span className={styles.soft}>by the test of {dayAndTime(profile.pins.at)}</span>
              </>
            ) : (
              <>
                <Level level="warning" word="Not pinned yet" />
                <span className={styles.soft}>
                  A connection test in daylight remembers which cluster this is.
                </span>
              </>
            )}
          </Row>
          <Row>
            <Button
              kind="primary"
              isDisabled={busy || !keychainOpen || !info.realClustersAllowed}
              onPress={() => onStart(profile.id)}
              label={`Start ceremony for ${profile.name}`}
              {...(info.realClustersAllowed ? {} : { describedBy: 'real-closed' })}
            >
              Start ceremony
            </Button>
            <Button onPress={() => onPrepare(profile.id)} label={`Prepare ${profile.name}`}>
              Prepare
            </Button>
            <Button
              icon="site"
              isDisabled={!info.realClustersAllowed}
              onPress={() => onMap(profile.id)}
              label={`Map of ${profile.name}`}
            >
              Map
            </Button>
            <Button
              icon="again"
              isDisabled={!info.realClustersAllowed}
              onPress={() => look(profile.id)}
              label={`Look now at ${profile.name}`}
            >
              Look now
            </Button>
          </Row>
          {asked.includes(profile.id) && <Seen profile={profile} reading={sites.get(profile.id)} />}
        </Card>
      ))}
      {profiles.length > shownHere && (
        <Button kind="plain" onPress={onAll}>
          {`All ${profiles.length} clusters, with search`}
        </Button>
      )}
    </Stack>
  );
}

/** More than these are easier to find in the list of sites. */
const shownHere = 6;

function Seen({ profile, reading }: { profile: Profile; reading: SiteReading | undefined }) {
  const state = siteState(siteOf(profile), readingsOf(reading), reading?.problem);
  return (
    <p role="status">
      <Level level={state.level} word={state.word} />
      <span className={styles.soft}>{`${state.answering} of ${state.of} nodes answer`}</span>
    </p>
  );
}
