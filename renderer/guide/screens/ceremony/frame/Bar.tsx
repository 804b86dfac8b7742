import { openDoors } from '../../../../../shared/ceremony/door.ts';
import { shareWord } from '../../../../../shared/profile.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { useNow } from '../../../app/use-now.ts';
import { useOpenDoors } from '../../../app/use-open-doors.ts';
import { ClusterChip, RealBadge } from '../../../components/Badge/Badge.tsx';
import { Button } from '../../../components/Button/Button.tsx';
import { DoorStrip } from '../../../components/DoorStrip/DoorStrip.tsx';
import { Elapsed } from '../../../components/Elapsed/Elapsed.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Words } from '../../../components/Words/Words.tsx';
import { useView } from '../view.ts';
import { AlarmStrip } from './Alarm.tsx';
import styles from './Bar.module.css';

/** What must always be seen: real or practice, which cluster, which attempt, how far, what time. */
export function Bar() {
  const { state } = useView();
  const { cluster } = state;
  const attempt = 'attempt' in state ? state.attempt : undefined;
  return (
    <div className={styles.bar}>
      <AlarmStrip />
      <Doors />
      <div className={styles.row}>
        <RealBadge practice={cluster.kind === 'practice'} />
        <ClusterChip name={cluster.name} colour={cluster.colour} size="large" />
        {attempt && (
          <KeyShapes
            size="small"
            given={attempt.progress}
            required={attempt.required}
            word={shareWord(cluster.seal)}
          />
        )}
        <div className={styles.end}>
          <Clock />
          <Elapsed
            label="Open for"
            since={state.openedAt}
            until={state.phase === 'ended' ? state.lastAt : undefined}
          />
          <Leave />
        </div>
      </div>
      {attempt && (
        <div className={styles.nonce}>
          <span className={styles.label}>Nonce</span>
          <Words nonce={attempt.nonce} compact />
        </div>
      )}
    </div>
  );
}

/** This ceremony's door as its record has it, and those that other ceremonies left open. */
function Doors() {
  const { id, state } = useView();
  const others = useOpenDoors().filter((one) => one.id !== id);
  const own = openDoors(state).map(({ node }) => node);
  return (
    <>
      {own.length > 0 && <DoorStrip cluster={state.cluster.name} nodes={own} />}
      {others.map((other) => (
        <DoorStrip key={other.id} cluster={other.cluster} nodes={other.nodes} />
      ))}
    </>
  );
}

function Clock() {
  const now = useNow();
  return <span className={styles.clock}>{timeOfDay(new Date(now).toISOString())}</span>;
}

/** Stopping safely closes the entry pages and keeps the attempt. Cancelling is another thing, elsewhere. */
function Leave() {
  const { id, state, onHome } = useView();
  const stop = useCall('ceremony.stop-safely');
  if (state.phase === 'ended')
    return (
      <Button icon="home" onPress={onHome}>
        Home
      </Button>
    );
  const leave = () => void stop.run({ id }).then((result) => result.ok && onHome());
  return (
    <>
      <Button busy={stop.busy} onPress={leave} label="Stop safely: the attempt stays open">
        Stop safely
      </Button>
      {stop.problem && (
        <div className={styles.problem}>
          <ProblemBox
            problem={stop.problem}
            title="The ceremony was not stopped"
            actions={<Button onPress={stop.clear}>Close this message</Button>}
          />
        </div>
      )}
    </>
  );
}
