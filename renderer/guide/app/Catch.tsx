import { Component, type ReactNode } from 'react';
import type { Problem } from '../../../shared/problem.ts';
import { Button } from '../components/Button/Button.tsx';
import { ProblemBox } from '../components/ProblemBox/ProblemBox.tsx';
import styles from '../App.module.css';

interface CatchState {
  readonly fell: boolean;
}

/** Keeps one screen's mistake from taking the window down. Main holds the state, so nothing is lost. */
export class Catch extends Component<{ children: ReactNode }, CatchState> {
  override readonly state: CatchState = { fell: false };

  static getDerivedStateFromError(): CatchState {
    return { fell: true };
  }

  override render(): ReactNode {
    if (!this.state.fell) return this.props.children;
    return (
      <main className={styles.fallen}>
        <h1>This view could not be drawn</h1>
        <ProblemBox
          problem={viewFell}
          title="The view stopped"
          actions={
            <Button kind="primary" icon="again" onPress={() => window.location.reload()}>
              Load the view again
            </Button>
          }
        />
      </main>
    );
  }
}

const viewFell: Problem = {
  code: 'internal',
  known: 'The view met an error of its own. It did not come from Vault.',
  safe: 'Nothing is lost: the ceremony is kept outside of this view, and every step so far is on disk.',
  next: 'Load the view again. It comes back to Home, where an unfinished ceremony can be taken up again.',
};
