import { useState } from 'react';
import type { SetupLookView, ShiftView } from '../../../../shared/contract/shift.ts';
import type { SetupPart } from '../../../../shared/shift/events.ts';
import { useCall } from '../../app/use-call.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { cx } from '../../components/cx.ts';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import styles from './Setup.module.css';

export interface SetupProps {
  readonly view: ShiftView;
  readonly shift: NonNullable<ShiftView['shift']>;
  readonly part: SetupPart;
}

/** The policy or the role on the primary beside the one that is wanted; written only on yes. */
export function Setup({ view: { profileId }, shift, part }: SetupProps) {
  const look = useCall('shift.look');
  const write = useCall('shift.write');
  const [shown, setShown] = useState<SetupLookView>();
  const seen = shift.setup[part];
  const read = async () => {
    const result = await look.run({ profileId, part });
    if (result.ok) setShown(result.value);
  };
  const say = async ({ seen: hash }: SetupLookView) => {
    const result = await write.run({ profileId, part, seen: hash, by: shift.operator });
    setShown(undefined);
    if (result.ok) await read();
  };
  return (
    <Card>
      <Stack>
        <Row spread>
          <b>
            {titles[part]} {shift.names[part]}
          </b>
          <Level level={levelOf(seen)} word={wordOf(seen)} />
        </Row>
        {seen?.differences.map((one) => (
          <p key={one}>{one}</p>
        ))}
        {shown && shown.differences.length > 0 && (
          <Stack gap="tight">
            <p>
              What would be written, beside what is there: a minus stands before what goes, a plus
              before what comes.
            </p>
            <code className={styles.diff} tabIndex={0} aria-label={`Difference of the ${part}`}>
              {shown.diff.map(({ kind, text }, place) => (
                <span key={place} className={cx(styles.line, styles[kind])}>
                  {signs[kind]} {text}
                </span>
              ))}
            </code>
          </Stack>
        )}
        <Row>
          <Button icon="again" busy={look.busy} onPress={() => void read()}>
            {`Compare the ${part}`}
          </Button>
          {shown && shown.differences.length > 0 && (
            <Button kind="primary" busy={write.busy} onPress={() => void say(shown)}>
              {`Yes, write the ${part}`}
            </Button>
          )}
        </Row>
        {look.problem && (
          <ProblemBox problem={look.problem} title={`The ${part} could not be read`} />
        )}
        {write.problem && (
          <ProblemBox problem={write.problem} title={`The ${part} was not written`} />
        )}
      </Stack>
    </Card>
  );
}

const titles = { policy: 'Policy', role: 'Token role' } as const;
const signs = { same: ' ', there: '-', wanted: '+' } as const;

type Seen = SetupProps['shift']['setup'][SetupPart];

function levelOf(seen: Seen): 'ok' | 'warning' | 'unknown' {
  if (seen === undefined) return 'unknown';
  return seen.differences.length === 0 ? 'ok' : 'warning';
}

function wordOf(seen: Seen): string {
  if (seen === undefined) return 'Not compared yet';
  if (!seen.found) return 'Not there';
  return seen.differences.length === 0 ? 'As it should be' : 'Differs';
}
