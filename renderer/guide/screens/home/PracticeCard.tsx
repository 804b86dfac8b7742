import { useState } from 'react';
import type { PracticeChoice } from '../../../../shared/contract/guide.ts';
import { usePractice } from '../../app/use-machine.ts';
import { usualPractice } from '../../app/use-start-ceremony.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Card, Row } from '../../components/Layout/Layout.tsx';
import { PracticeNumbers } from '../practice/PracticeNumbers.tsx';
import styles from './Home.module.css';

export interface PracticeCardProps {
  readonly busy: boolean;
  readonly keychainOpen: boolean;
  readonly onPractise: (choice: PracticeChoice) => void;
  readonly onMore: () => void;
}

/** Practice is one click; the numbers are there for who wants them. */
export function PracticeCard({ busy, keychainOpen, onPractise, onMore }: PracticeCardProps) {
  const { status } = usePractice();
  const [choice, setChoice] = useState<PracticeChoice>(usualPractice);
  return (
    <Card>
      <Row spread>
        <h2>Practice</h2>
        <RealBadge practice />
      </Row>
      <p>
        A {choice.primary === 'gone' ? 'lost' : 'working'} primary and a DR secondary inside this
        app, with {choice.shares} shares of which {choice.threshold} are needed. The steps are the
        real ones; no real cluster is touched.
      </p>
      {status?.running && (
        <p className={styles.soft} id="practice-running">
          Practice clusters are running already. Practising again throws them away and starts fresh
          ones; a practice ceremony that is unfinished cannot go on then.
        </p>
      )}
      <Row>
        <Button
          kind="primary"
          size="large"
          icon="practice"
          isDisabled={busy || !keychainOpen}
          onPress={() => onPractise(choice)}
          {...(status?.running ? { describedBy: 'practice-running' } : {})}
        >
          Practice
        </Button>
        <Button kind="plain" onPress={onMore}>
          What is real and what is pretend
        </Button>
      </Row>
      <Disclosure title="Choose numbers">
        <PracticeNumbers choice={choice} onChange={setChoice} />
      </Disclosure>
    </Card>
  );
}
