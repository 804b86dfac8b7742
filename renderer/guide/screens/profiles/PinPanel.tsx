import { useState } from 'react';
import type { Pins } from '../../../../shared/profile.ts';
import { dayAndTime } from '../../app/time.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Dialog } from '../../components/Dialog/Dialog.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { differences, factsOfPins } from './pins.ts';

export interface PinPanelProps {
  readonly seen: Pins | undefined;
  readonly pinned: Pins | undefined;
  readonly current: boolean;
  readonly busy: boolean;
  readonly onPin: (pins: Pins) => void;
}

/** Remembers which cluster this is, or says that it is not the one remembered. */
export function PinPanel({ seen, pinned, current, busy, onPin }: PinPanelProps) {
  const [asking, setAsking] = useState(false);
  if (!seen)
    return (
      <Notice tone="warning" title="There is nothing to pin">
        <p>
          No node told enough to know the cluster again. Once one does, a test offers to pin it.
        </p>
      </Notice>
    );
  if (!pinned)
    return (
      <Notice
        title="Which cluster is this?"
        actions={
          <Button kind="primary" busy={busy} isDisabled={!current} onPress={() => onPin(seen)}>
            Save and pin this cluster
          </Button>
        }
      >
        <p>
          The name is a label and proves nothing. Pinned, these values are compared before every
          ceremony, and a ceremony stops where they differ.
        </p>
        <Facts facts={factsOfPins(seen)} mono />
      </Notice>
    );

  const differ = differences(pinned, seen);
  if (differ.length === 0)
    return (
      <Notice tone="good" title="The same cluster as pinned">
        <p>Every value is the one that the test of {dayAndTime(pinned.at)} saw.</p>
        <Facts facts={factsOfPins(seen)} mono />
      </Notice>
    );
  return (
    <Notice
      tone="danger"
      title="This is not what was pinned"
      actions={
        <Button busy={busy} isDisabled={!current} onPress={() => setAsking(true)}>
          Pin what was seen now
        </Button>
      }
    >
      <p>
        Either these addresses lead to another cluster, or the cluster was set up anew since{' '}
        {dayAndTime(pinned.at)}. Until this is settled, a ceremony stops at the preflight.
      </p>
      {differ.map(({ name, before, now }) => (
        <Stack key={name} gap="tight">
          <p>
            <b>{name}</b>
          </p>
          <Facts
            facts={[
              ['Pinned', before],
              ['Seen now', now],
            ]}
            mono
          />
        </Stack>
      ))}
      <Dialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        title="Pin the new values?"
        tone="danger"
        actions={
          <Row>
            <Button autoFocus onPress={() => setAsking(false)}>
              Keep the old pins
            </Button>
            <Button
              kind="danger"
              onPress={() => {
                setAsking(false);
                onPin(seen);
              }}
            >
              Save and pin the new values
            </Button>
          </Row>
        }
      >
        <p>
          From then on the values seen now count as this cluster. The administrator of the cluster
          knows whether it was set up anew, or its certificates were.
        </p>
      </Dialog>
    </Notice>
  );
}
