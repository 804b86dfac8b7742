import type { CeremonyLine } from '../../../../shared/contract/guide.ts';
import { phaseWords } from '../../app/phase-words.ts';
import { purposeWords } from '../../app/purpose-words.ts';
import type { Go } from '../../app/place.ts';
import { dayAndTime } from '../../app/time.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import styles from './Home.module.css';

/** Ceremonies that were interrupted. They come first: somebody may be waiting. */
export function Unfinished({ lines, go }: { lines: readonly CeremonyLine[]; go: Go }) {
  return lines.map((line) =>
    line.kind === 'unreadable' ? null : (
      <Card key={line.id} tone="loud">
        <Row>
          <RealBadge practice={line.practice} />
          <h2 className={styles.clusterName}>{line.cluster}</h2>
        </Row>
        {line.stored && (
          <Notice tone="warning" title="A root token is kept here and is to be revoked">
            <p>
              {line.stored.owner} revokes it by {dayAndTime(line.stored.until)}. It never expires by
              itself. Take the ceremony up again to use or revoke it.
            </p>
          </Notice>
        )}
        <Stack gap="tight">
          <p>
            {purposeWords[line.purpose]}, opened {dayAndTime(line.openedAt)}. The last step on
            record is from {dayAndTime(line.lastAt)}: {phaseWords(line.phase)}.
          </p>
          <p className={styles.soft}>
            Nothing is sent when it is taken up again. The server is read first, and what it says
            stands on the next screen.
          </p>
        </Stack>
        <Row>
          <Button
            kind="primary"
            size="large"
            icon="forward"
            onPress={() => go({ at: 'ceremony', id: line.id })}
            label={labelOf(line)}
          >
            Take it up again
          </Button>
        </Row>
      </Card>
    ),
  );
}

/** A failover and a root token of one cluster may wait side by side: their names tell them apart. */
const labelOf = ({ cluster, purpose, openedAt }: Readable): string =>
  `Take it up again: ${cluster}, ${
    purpose === 'dr-operation-token' ? '' : `${purposeWords[purpose].toLowerCase()}, `
  }opened ${dayAndTime(openedAt)}`;

type Readable = Extract<CeremonyLine, { kind: 'readable' }>;
