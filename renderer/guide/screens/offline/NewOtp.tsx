import { useState } from 'react';
import type { DeskView } from '../../../../shared/contract/offline.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { ShowToTwo } from './ShowToTwo.tsx';

/** An OTP made here, with letters and digits of the system's own random numbers. */
export function NewOtp({ view: { newOtp } }: { view: DeskView }) {
  const make = useCall('desk.new-otp');
  const [length, setLength] = useState('28');
  const wanted = /^[0-9]{1,3}$/.test(length.trim()) ? Number(length) : 0;
  const fits = wanted >= 16 && wanted <= 128;
  return (
    <Stack>
      <Field
        label="Length"
        hint="As the server’s status says (otp_length). Vault 1.10 and newer usually asks for 28."
        value={length}
        onChange={setLength}
        inputMode="numeric"
        width="short"
        maxLength={3}
        error={fits ? undefined : 'A length from 16 to 128.'}
      />
      {make.problem && <ProblemBox problem={make.problem} title="No OTP was made" />}
      <div>
        <Button
          kind={newOtp ? 'quiet' : 'primary'}
          busy={make.busy}
          isDisabled={!fits}
          onPress={() => void make.run({ length: wanted })}
        >
          {newOtp ? 'Make another OTP' : 'Make an OTP'}
        </Button>
      </div>
      {newOtp && (
        <>
          <Notice tone="good" title={`An OTP of ${newOtp} characters is on the desk`} announce />
          <ShowToTwo page="show-new-otp" verb="Show the OTP in its own window" />
        </>
      )}
    </Stack>
  );
}
