import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../../../components/Button/Button.tsx';
import { Icon } from '../../../components/icons/Icon.tsx';
import { hostOf } from '../phrases.ts';
import { useView } from '../view.ts';
import styles from './Alarm.module.css';

/** Two active primaries: nothing else on the screen matters until somebody has read this. */
export function Alarm() {
  const { state, records } = useView();
  const [read, setRead] = useState<number>();
  const { alarm, cluster } = state;
  // A primary that comes back a second time is a second alarm.
  const last = records.findLast(({ event }) => event.type === 'primary.alarm')?.seq;
  if (!alarm || read === last) return null;
  return (
    <ModalOverlay className={styles.fill ?? ''} isOpen>
      <Modal className={styles.modal ?? ''}>
        <Dialog role="alertdialog" className={styles.dialog ?? ''}>
          <Icon name="stop" size={4} />
          <Heading slot="title" level={1}>
            Two primaries are active
          </Heading>
          <p className={styles.what}>
            The old primary answers as active at <b>{hostOf(alarm)}</b>, and <b>{cluster.name}</b>{' '}
            was promoted. Whatever is written to both cannot be merged later.
          </p>
          <ol className={styles.todo}>
            <li>
              Cut the old primary off now: ports 8200 and 8201, and its power where it can be.
            </li>
            <li>Keep it from the secret back ends: databases, clouds, certificate authorities.</li>
            <li>Find out which clients have reached it since the promotion.</li>
            <li>Before it is connected again, its administrator demotes it.</li>
          </ol>
          <Button autoFocus size="large" onPress={() => setRead(last)}>
            This is being seen to: back to the ceremony
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What stays of the alarm in the bar once it was read. */
export function AlarmStrip() {
  const { alarm, primary } = useView().state;
  if (!alarm) return null;
  const hidden = primary?.seen === 'not-visible';
  return (
    <p className={styles.strip}>
      <Icon name="stop" />
      <span>
        <b>{hidden ? 'Two primaries were active.' : 'Two primaries are active.'}</b>{' '}
        {hidden
          ? `The old one answered at ${hostOf(alarm)}, and is not visible from here now. That does not show that it is off.`
          : `The old one answers at ${hostOf(alarm)}: cut it off.`}
      </span>
    </p>
  );
}
