import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page, Row } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CheckFile } from '../records/CheckFile.tsx';
import { DeskNote } from './DeskNote.tsx';
import { InvitationTask } from './InvitationTask.tsx';
import { NewOtp } from './NewOtp.tsx';
import { OpenTask } from './OpenTask.tsx';
import styles from './Offline.module.css';
import { SealedShareTask } from './SealedShareTask.tsx';
import { useDesk } from './use-desk.ts';

const tasks = [
  {
    at: 'invitation',
    title: 'Answer an invitation',
    does: 'Check what the operator sent, and seal a share to it.',
  },
  {
    at: 'decode',
    title: 'Decode a token',
    does: 'From the encoded token with the OTP, a key file or gpg. It leaves encrypted, or is shown to two people.',
  },
  {
    at: 'share',
    title: 'Open an encrypted share',
    does: 'With its holder’s key file or gpg. It leaves encrypted, or is shown to two people.',
  },
  {
    at: 'sealed-share',
    title: 'Check a sealed share',
    does: 'On an operator’s laptop: whose it is, and whether it can be opened here.',
  },
  {
    at: 'record',
    title: 'Verify a record',
    does: 'Whether a record from elsewhere is whole, and who signed it.',
  },
  { at: 'otp', title: 'Make an OTP', does: 'Of the length that a server asks for.' },
] as const;
type Task = (typeof tasks)[number];

/** Everything that needs no network, no cluster and no ceremony. One task at a time. */
export function Desk({ info }: { info: AppInfo }) {
  const [task, setTask] = useState<Task>();
  const { view, problem } = useDesk();
  const clear = useCall('desk.clear');

  if (problem) return <ProblemBox problem={problem} title="The desk did not open" />;
  if (!view) return <WaitingSoon doing="Opening the desk" />;
  if (task) {
    const leave = () => {
      void clear.run(undefined);
      setTask(undefined);
    };
    return (
      <Page title={task.title} lead={task.does}>
        {work(task.at)}
        {task.at !== 'record' && <DeskNote />}
        <Row>
          <Button icon="back" onPress={leave}>
            Clear the desk and go back
          </Button>
        </Row>
      </Page>
    );
  }
  return (
    <Page
      title="Offline desk"
      lead="For a laptop without a network. Nothing here can connect to anything, and what is entered stays in memory until the desk is cleared."
    >
      <ul className={styles.tasks}>
        {tasks.map((one) => (
          <li key={one.at} className={styles.task}>
            <div>
              <h2>{one.title}</h2>
              <p>{one.does}</p>
            </div>
            <Button icon="forward" label={`Begin: ${one.title}`} onPress={() => setTask(one)}>
              Begin
            </Button>
          </li>
        ))}
      </ul>
    </Page>
  );

  function work(at: Task['at']) {
    if (!view) return null;
    switch (at) {
      case 'invitation':
        return <InvitationTask view={view} />;
      case 'decode':
        return <OpenTask view={view} what="token" />;
      case 'share':
        return <OpenTask view={view} what="share" />;
      case 'sealed-share':
        return <SealedShareTask view={view} />;
      case 'record':
        return <CheckFile info={info} />;
      case 'otp':
        return <NewOtp view={view} />;
    }
  }
}
