import { useState } from 'react';
import type { Profile } from '../../../../shared/profile.ts';
import { memberState } from '../../../../shared/topology/member-state.ts';
import { readingsOf } from '../../../../shared/topology/node-state.ts';
import { membersOf, roleWords, siteOf } from '../../../../shared/topology/site.ts';
import { siteState } from '../../../../shared/topology/site-state.ts';
import type { Go } from '../../app/place.ts';
import { useSites } from '../../app/use-sites.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Card, Page, Row, Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { SiteTable } from './SiteTable.tsx';
import { SiteTree } from './SiteTree.tsx';
import { factsOfNode } from './words.ts';
import styles from './Map.module.css';

/** One site, drawn as what it is, with the state of each node as it is seen from here right now. */
export function SiteMap({ profile, go }: { profile: Profile; go: Go }) {
  const { sites, problem, lookNow } = useSites([profile.id], 'full');
  const [chosen, setChosen] = useState('dr');
  const site = siteOf(profile);
  const reading = sites.get(profile.id);
  const readings = readingsOf(reading);
  const state = siteState(site, readings, reading?.problem);
  const trouble = problem ?? reading?.problem;
  const member = membersOf(site).find(({ key }) => key === chosen) ?? site;
  const { active } = memberState(member, readings);

  return (
    <Page
      title={`Map of ${profile.name}`}
      lead="What each node says of itself, seen from this machine. What does not answer may be down, or only the way to it."
      above={
        <Row>
          <Button kind="plain" icon="back" onPress={() => go({ at: 'sites' })}>
            All sites
          </Button>
          <RealBadge practice={profile.kind === 'practice'} />
        </Row>
      }
    >
      {state.level === 'stop' && (
        <Notice tone="danger" title={state.word} announce>
          <p>
            Both take writes that nobody can merge afterwards. One of them has to be demoted: decide
            which, and demote it before anything else.
          </p>
        </Notice>
      )}
      {trouble && (
        <ProblemBox
          problem={trouble}
          title="This site cannot be looked at"
          actions={<Button onPress={lookNow}>Try again</Button>}
        />
      )}
      <Row spread>
        <p role="status" className={styles.summary}>
          <Level level={state.level} word={state.word} />
          <span>{`${state.answering} of ${state.of} nodes answer`}</span>
        </p>
        <Button icon="again" onPress={lookNow}>
          Look now
        </Button>
      </Row>

      <SiteTree site={site} readings={readings} chosen={member.key} onChoose={setChosen} />

      <Section title={member.name}>
        <p>
          {roleWords[member.role]}. {spoken(active !== undefined, member.nodes.length)}
        </p>
        {member.nodes.map((node) => (
          <Card key={node}>
            <h3 className={styles.address}>{node}</h3>
            <Facts facts={factsOfNode(readings.get(node))} />
          </Card>
        ))}
      </Section>

      <Disclosure title="The whole site as a table">
        <SiteTable site={site} readings={readings} />
      </Disclosure>
    </Page>
  );
}

function spoken(active: boolean, nodes: number): string {
  if (nodes === 0) return 'No address of it is known. It can be added to the description.';
  return active
    ? 'Its active node speaks for it.'
    : 'No active node is seen from here, so nobody speaks for the whole cluster.';
}
