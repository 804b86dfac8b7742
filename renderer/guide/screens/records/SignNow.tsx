import type { CeremonyId } from '../../../../shared/ids.ts';
import { useState } from 'react';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { count } from '../../app/time.ts';
import { Row } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Signs the record up to its last event with this installation's key: a ceremony need not have ended. */
export function SignNow({ id, onSigned }: { id: CeremonyId; onSigned?: () => void }) {
  const call = useCall('records.sign');
  const [covers, setCovers] = useState<number>();
  const sign = async () => {
    const result = await call.run({ id });
    if (!result.ok) return;
    setCovers(result.value.covers);
    onSigned?.();
  };
  return (
    <>
      <Row>
        <Button icon="lock" busy={call.busy} onPress={() => void sign()}>
          Sign the record as it is now
        </Button>
        <span role="status">
          {covers !== undefined &&
            `Signed with the key of this installation: it covers ${count(covers, 'event')}.`}
        </span>
      </Row>
      {call.problem && <ProblemBox problem={call.problem} title="The record was not signed" />}
    </>
  );
}
