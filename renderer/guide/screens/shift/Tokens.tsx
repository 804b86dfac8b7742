import { useState } from 'react';
import type { ShiftView } from '../../../../shared/contract/shift.ts';
import { dayAndTime } from '../../app/time.ts';
import { useCall } from '../../app/use-call.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Life } from './Life.tsx';

type Held = ShiftView['tokens'][number];

/** The tokens of this shift: how long each lives, and what was proved of it where. */
export function Tokens({ view, by }: { view: ShiftView; by: string }) {
  if (view.tokens.length === 0)
    return (
      <Empty icon="key" title="No batch token is kept">
        If the primary is lost now, the promotion needs a key ceremony.
      </Empty>
    );
  return (
    <Stack>
      {view.tokens.map((token) => (
        <Token key={token.about.id} token={token} profileId={view.profileId} by={by} />
      ))}
    </Stack>
  );
}

function Token({
  token: { about, checked, tried },
  profileId,
  by,
}: {
  token: Held;
  profileId: ShiftView['profileId'];
  by: string;
}) {
  const prove = useCall('shift.prove');
  return (
    <Card>
      <Stack>
        <b>{about.label}</b>
        <Life token={about} />
        <OnPrimary checked={checked} />
        <OnSecondary tried={tried} />
        <Row>
          <Button
            icon="again"
            busy={prove.busy}
            onPress={() => void prove.run({ profileId, token: about.id })}
            label={`Prove it now: ${about.label}`}
          >
            Prove it now
          </Button>
        </Row>
        {prove.problem && <ProblemBox problem={prove.problem} title="It was not proved" />}
        <Disclosure title="Forget this token">
          <Forget profileId={profileId} token={about} by={by} />
        </Disclosure>
      </Stack>
    </Card>
  );
}

function OnPrimary({ checked }: { checked: Held['checked'] }) {
  if (!checked) return <Level level="unknown" word="Primary: not asked" />;
  if (checked.doubts.length === 0)
    return <Level level="ok" word={`Primary: it may promote (asked ${dayAndTime(checked.at)})`} />;
  return (
    <Stack gap="tight">
      <Level level="stop" word="Primary: it will not do" />
      {checked.doubts.map((doubt) => (
        <p key={doubt}>{doubt}</p>
      ))}
    </Stack>
  );
}

function OnSecondary({ tried }: { tried: Held['tried'] }) {
  if (!tried) return <Level level="unknown" word="DR secondary: not tried" />;
  return (
    <Stack gap="tight">
      <Level level={levels[tried.result]} word={words[tried.result]} />
      <p>
        {tried.says} ({dayAndTime(tried.at)})
      </p>
    </Stack>
  );
}

const levels = { accepted: 'ok', refused: 'stop', 'not-proved': 'unknown' } as const;
const words = {
  accepted: 'DR secondary: it takes the token',
  refused: 'DR secondary: it refuses the token',
  'not-proved': 'DR secondary: not proved there',
} as const;

function Forget({
  profileId,
  token,
  by,
}: {
  profileId: ShiftView['profileId'];
  token: Held['about'];
  by: string;
}) {
  const forget = useCall('shift.forget');
  const [why, setWhy] = useState('');
  return (
    <Stack>
      <p>
        It is removed from this machine&apos;s keychain. Vault goes on taking it until it expires:
        whoever has a copy can use it.
      </p>
      <Field label="Why" value={why} onChange={setWhy} maxLength={2000} />
      <Row>
        <Button
          kind="danger"
          icon="trash"
          busy={forget.busy}
          isDisabled={why.trim() === ''}
          onPress={() => void forget.run({ profileId, token: token.id, by, why })}
          label={`Forget ${token.label}`}
        >
          Forget the token
        </Button>
      </Row>
      {forget.problem && <ProblemBox problem={forget.problem} title="It was not forgotten" />}
    </Stack>
  );
}
