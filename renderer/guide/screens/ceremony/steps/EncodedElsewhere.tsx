import { useState, type SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Parcel } from '../../offline/Parcel.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** PGP mode: the encoded token goes to the owner of its key, as codes or as a file. Nobody else reads it. */
export function EncodedElsewhere({ owner = '' }: { owner?: string }) {
  const { id, can } = useView();
  const make = useCall('parcel.encoded-token');
  const fields = useFields(`${id} encoded elsewhere`, { to: owner });
  const [parcel, setParcel] = useState<string>();
  const to = fields.values.to.trim();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ to: to !== '' })) return;
    const result = await make.run({ id, to });
    if (result.ok) setParcel(result.value.parcel);
  };
  if (!can('export-encoded')) return null;
  return (
    <Disclosure title="The owner of the key is elsewhere: hand over the encoded token">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <p>
            It stays encrypted to the attempt’s key. Its owner reads the codes or the file at the
            offline desk of their own Keyturn, or decrypts it with gpg.
          </p>
          <Field
            label="Whom it is for"
            maxLength={120}
            value={fields.values.to}
            onChange={(text) => fields.set('to', text)}
            error={fields.wrong('to', 'Who owns the key? Enter a name.')}
          />
          {make.problem && (
            <ProblemBox problem={make.problem} title="The encoded token was not handed over" />
          )}
          <div>
            <Button type="submit" icon="file" busy={make.busy}>
              Make codes and a file of it
            </Button>
          </div>
          {parcel && <Parcel name={parcel} />}
        </Stack>
      </form>
    </Disclosure>
  );
}
