import { useState } from 'react';
import type { Notice as Told } from '../../../../shared/contract/guide.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { fieldNames, fillIn, formOf, type ProfileForm } from './form.ts';

/** Fills empty fields from the variables the `vault` command uses. What was typed is left alone. */
export function FromEnvironment({
  form,
  onFill,
}: {
  form: ProfileForm;
  onFill: (form: ProfileForm) => void;
}) {
  const environment = useCall('profiles.from-environment');
  const [said, setSaid] = useState<{ title: string; notices: readonly Told[] }>();

  const fill = async () => {
    setSaid(undefined);
    const result = await environment.run(undefined);
    if (!result.ok) return;
    const { form: next, filled, kept } = fillIn(form, formOf(result.value.draft));
    if (filled.length > 0) onFill(next);
    const list = (fields: readonly (keyof ProfileForm)[]) =>
      fields.map((field) => fieldNames[field]).join(', ');
    const sentences = [
      filled.length > 0
        ? `Filled in: ${list(filled)}.`
        : 'Nothing was filled in: the environment names nothing that was still empty.',
      kept.length > 0 ? `Left as typed, though the environment says otherwise: ${list(kept)}.` : '',
    ];
    setSaid({ title: sentences.filter(Boolean).join(' '), notices: result.value.notices });
  };
  return (
    <>
      <Row>
        <Button icon="terminal" busy={environment.busy} onPress={() => void fill()}>
          Fill in from the environment
        </Button>
      </Row>
      {said && (
        <Notice title={said.title} announce>
          {said.notices.map((notice) => (
            <p key={notice.what}>{notice.what}</p>
          ))}
        </Notice>
      )}
      {environment.problem && (
        <ProblemBox problem={environment.problem} title="The environment was not read" />
      )}
    </>
  );
}
