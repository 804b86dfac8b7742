import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Writes the script for paper and says where it is: to be printed before the night. */
export function PrintScript({ profileId, name }: { profileId: ProfileId; name: string }) {
  const call = useCall('script.print');
  const [file, setFile] = useState<string>();
  const write = () =>
    void call.run({ profileId }).then((result) => {
      setFile(result.ok ? result.value.file : undefined);
    });
  return (
    <Stack gap="tight">
      <div>
        <Button
          icon="record"
          busy={call.busy}
          onPress={write}
          label={`Write the script for paper: ${name}`}
        >
          Write the script for paper
        </Button>
      </div>
      <p role="status">
        {file && (
          <>
            Print it from <code>{file}</code>: lines for signatures, room for the words of the
            record&apos;s head, and the commands by hand.
          </>
        )}
      </p>
      {call.problem && <ProblemBox problem={call.problem} title="The script was not written" />}
    </Stack>
  );
}
