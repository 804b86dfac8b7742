import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import type { Answered } from '../../app/client.ts';
import { usualPaper } from '../../app/paper.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Writes the script for paper as PDF and HTML, and says where it is: to be printed before the night. */
export function PrintScript({ profileId, name }: { profileId: ProfileId; name: string }) {
  const call = useCall('script.print');
  const [done, setDone] = useState<Answered<'script.print'>>();
  const write = () =>
    void call.run({ profileId, paper: usualPaper() }).then((result) => {
      setDone(result.ok ? result.value : undefined);
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
        {done && (
          <>
            Print it from <code>{done.pdf ?? done.file}</code>
            {done.pdf ? (
              <>
                {' '}
                (also as <code>{done.file}</code>)
              </>
            ) : (
              ' with any browser; the PDF could not be made here'
            )}
            : lines for signatures, room for the words of the record&apos;s head, and the commands
            by hand.
          </>
        )}
      </p>
      {call.problem && <ProblemBox problem={call.problem} title="The script was not written" />}
    </Stack>
  );
}
