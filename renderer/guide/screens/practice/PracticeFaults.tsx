import { useState } from 'react';
import { practiceFaults, type PracticeFault } from '../../../../shared/contract/guide.ts';
import { useCall } from '../../app/use-call.ts';
import { usePractice } from '../../app/use-machine.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import styles from './Practice.module.css';

/** Troubles to rehearse, one press each. For practice clusters only; also shown beside a practice ceremony. */
export function PracticeFaults() {
  const fault = useCall('practice.fault');
  const [done, setDone] = useState<PracticeFault>();
  const { status } = usePractice();
  const hasDoor = status?.running === true && !status.choice.version.startsWith('1.');
  const faults = practiceFaults.filter((which) => hasDoor || !doorFaults.has(which));
  const cause = async (which: PracticeFault) => {
    setDone(undefined);
    if ((await fault.run({ fault: which })).ok) setDone(which);
  };
  return (
    <Disclosure title="Rehearse trouble">
      <p>Each of these happens to the practice clusters at once. The ceremony has to notice it.</p>
      <p role="status" className={styles.soft}>
        {done ? `Done: ${faultWords[done].name}.` : ''}
      </p>
      {fault.problem && <ProblemBox problem={fault.problem} title="The trouble did not happen" />}
      <ul className={styles.faults}>
        {faults.map((which) => (
          <li key={which} className={styles.fault}>
            <div>
              <p className={styles.name}>{faultWords[which].name}</p>
              <p className={styles.soft}>{faultWords[which].effect}</p>
            </div>
            <Button
              isDisabled={fault.busy}
              onPress={() => void cause(which)}
              label={`Cause it: ${faultWords[which].name}`}
            >
              Cause it
            </Button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** Vault 1.x has no such setting. */
const doorFaults: ReadonlySet<PracticeFault> = new Set([
  'door-opened',
  'door-closed',
  'door-closed-but-one',
]);

const faultWords: Readonly<Record<PracticeFault, { name: string; effect: string }>> = {
  'drop-next-reply': {
    name: 'Lose the reply to the next share',
    effect: 'The server counts the share, and its answer never arrives.',
  },
  'restart-active-node': {
    name: 'Restart the active node',
    effect: 'An attempt lives in memory: it is gone.',
  },
  'change-leader': {
    name: 'Change the leader',
    effect: 'Another node becomes active. The attempt stays behind in the old one.',
  },
  'bring-leader-back': {
    name: 'Bring the old leader back',
    effect: 'The attempt that stayed behind is there again.',
  },
  'cancelled-by-another': {
    name: 'Another operator cancels',
    effect: 'The attempt is cancelled from another computer.',
  },
  'started-by-another': {
    name: 'Another operator starts an attempt',
    effect: 'The server shows another nonce.',
  },
  'share-given-elsewhere': {
    name: 'A share is given elsewhere',
    effect: 'The progress goes up by one without this app.',
  },
  'promote-refused-once': {
    name: 'Refuse the next promote',
    effect: 'The secondary answers that it is still catching up.',
  },
  'seal-active-node': {
    name: 'Seal the active node',
    effect: 'It answers, and does nothing else until it is unsealed.',
  },
  'unseal-all': {
    name: 'Unseal every node',
    effect: 'Ends the trouble above.',
  },
  'primary-comes-back': {
    name: 'The old primary comes back',
    effect: 'It answers as active again, as if the power had returned.',
  },
  'primary-goes': {
    name: 'The primary goes',
    effect: 'It no longer answers, as if the power had failed.',
  },
  'door-opened': {
    name: 'The server administrator opens the door on every node',
    effect: 'enable_unauthenticated_access is set and reloaded: the shares are enough again.',
  },
  'door-closed': {
    name: 'The server administrator closes the door on every node',
    effect: 'The setting is taken out and reloaded: Vault asks for a token.',
  },
  'door-closed-but-one': {
    name: 'The server administrator closes the door and forgets one node',
    effect: 'The last node keeps what its file said before.',
  },
  'lag-grows': {
    name: 'The secondary falls behind',
    effect: 'The primary writes 500 entries that the secondary does not have.',
  },
  'lag-catches-up': {
    name: 'The secondary catches up',
    effect: 'It has everything that the primary has written.',
  },
  'connection-lost': {
    name: 'The connection between them is lost',
    effect: 'Primary and secondary are up and do not hear each other.',
  },
  'connection-back': {
    name: 'The connection between them is back',
    effect: 'Ends the trouble above.',
  },
  'clock-wrong': {
    name: 'Set the servers’ clocks an hour ahead',
    effect: 'Every time they show is an hour ahead, and a batch token ends an hour early.',
  },
};
