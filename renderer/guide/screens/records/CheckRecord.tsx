import { useState } from 'react';
import type { Checked } from '../../../../shared/contract/records.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Finding } from './Finding.tsx';

/** Checks a record of this laptop: its chain, its rules, and this installation's signature. */
export function CheckRecord({ id }: { id: CeremonyId }) {
  const check = useCall('records.check');
  const [found, setFound] = useState<Checked>();
  const start = async () => {
    const result = await check.run({ id });
    if (result.ok) setFound(result.value);
  };
  return (
    <Stack>
      <p>
        Every line is hashed again, and the signature is compared with the key of this installation.
        It shows whether something was changed since; not whether what was written is true.
      </p>
      <Row>
        <Button icon="again" busy={check.busy} onPress={() => void start()}>
          Check this record
        </Button>
      </Row>
      {check.problem && <ProblemBox problem={check.problem} title="The record was not checked" />}
      {found && <Finding checked={found} />}
    </Stack>
  );
}
