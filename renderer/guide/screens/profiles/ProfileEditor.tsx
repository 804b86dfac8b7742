import { useEffect, useRef, useState } from 'react';
import type { AppInfo, TestReport } from '../../../../shared/contract/guide.ts';
import type { Pins, Profile, ProfileDraft } from '../../../../shared/profile.ts';
import { useBridge } from '../../app/client.ts';
import { useDraft } from '../../app/drafts.tsx';
import type { Go } from '../../app/place.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page, Row, Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';
import { BeginHere } from './BeginHere.tsx';
import {
  emptyForm,
  fieldNames,
  fieldOf,
  formOf,
  isForm,
  type FieldErrors,
  type ProfileForm,
} from './form.ts';
import { FromEnvironment } from './FromEnvironment.tsx';
import { ProfileFields } from './ProfileFields.tsx';
import { readForm } from './read-form.ts';
import { TestResult } from './TestResult.tsx';
import styles from './TestResult.module.css';

export interface ProfileEditorProps {
  /** Absent: a new one. */
  readonly profile: Profile | undefined;
  readonly info: AppInfo;
  readonly go: Go;
  /** Saved; with a sentence that says so. */
  readonly onDone: (sentence: string) => void;
  /** Something was saved and the form stays open. */
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

/** Describes a cluster, tests the description, and pins what the first test saw. */
export function ProfileEditor({
  profile,
  info,
  go,
  onDone,
  onChanged,
  onBack,
}: ProfileEditorProps) {
  const client = useBridge();
  const [start] = useState(() => (profile ? formOf(profile) : emptyForm));
  const [form, setForm, forget] = useDraft(`profile ${profile?.id ?? 'new'}`, start, isForm);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [tested, setTested] = useState<{ report: TestReport; form: ProfileForm }>();
  const fields = useRef<HTMLDivElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const [checked, setChecked] = useState(0);
  const save = useCall('profiles.save');
  const test = useCall('profiles.test');
  const pin = useCall('profiles.pin');

  // After a check the first field that needs a look has the focus; after a test, its result is in sight.
  useEffect(() => {
    fields.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')
      ?.focus();
  }, [checked]);
  useEffect(() => {
    if (!tested) return;
    result.current?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: 'start' });
  }, [tested]);

  const change = (part: Partial<ProfileForm>) => {
    setForm({ ...form, ...part });
    const stillWrong = Object.entries(errors).filter(
      ([path]) => !Object.hasOwn(part, fieldOf(path) ?? path),
    );
    setErrors(Object.fromEntries<string | undefined>(stillWrong));
  };

  /** The draft, or nothing: then the errors stand at their fields. */
  const read = async (): Promise<ProfileDraft | undefined> => {
    const answer = await readForm(form, (text) => client.call('profiles.read-address', { text }));
    setErrors(answer.ok ? {} : answer.errors);
    setChecked((times) => times + 1);
    return answer.ok ? answer.draft : undefined;
  };
  const saved = async (): Promise<Profile | undefined> => {
    const draft = await read();
    if (!draft) return undefined;
    const result = await save.run({ ...(profile ? { id: profile.id } : {}), draft });
    if (!result.ok) return undefined;
    forget();
    return result.value;
  };
  const onSave = async () => {
    const kept = await saved();
    if (kept) onDone(`${kept.name} was saved.`);
  };
  const onTest = async () => {
    setTested(undefined);
    const draft = await read();
    if (!draft) return;
    const result = await test.run({ draft });
    if (result.ok) setTested({ report: result.value, form });
  };
  const onPin = async (pins: Pins) => {
    const kept = await saved();
    if (!kept) return;
    const result = await pin.run({ id: kept.id, pins });
    if (result.ok) onDone(`${kept.name} was saved and pinned.`);
    else onChanged();
  };

  const wrong = [...new Set(Object.keys(errors).flatMap((path) => fieldOf(path) ?? []))];
  const changed = JSON.stringify(form) !== JSON.stringify(start);
  return (
    <Page
      title={profile ? profile.name : 'Add a cluster'}
      lead="What is typed here stays until it is saved, also when another screen is opened in between."
      above={
        <Button kind="plain" icon="back" onPress={onBack}>
          All clusters
        </Button>
      }
    >
      <FromEnvironment form={form} onFill={change} />
      <div ref={fields}>
        <ProfileFields form={form} errors={errors} onChange={change} />
      </div>

      {wrong.length > 0 && (
        <Notice tone="danger" title="Some fields need a look" announce>
          <p>{wrong.map((field) => fieldNames[field]).join(', ')}. Each says what is missing.</p>
        </Notice>
      )}
      <Row>
        <Button kind="primary" icon="plug" busy={test.busy} onPress={() => void onTest()}>
          Test connection
        </Button>
        <Button busy={save.busy} onPress={() => void onSave()}>
          Save
        </Button>
        {changed && (
          <Button kind="plain" onPress={forget}>
            {profile ? 'Undo the changes' : 'Empty the form'}
          </Button>
        )}
      </Row>
      {save.problem && <ProblemBox problem={save.problem} title="It was not saved" />}
      {pin.problem && <ProblemBox problem={pin.problem} title="It was saved and not pinned" />}
      {test.problem && <ProblemBox problem={test.problem} title="The test did not run" />}
      {test.busy && (
        <Waiting doing="Asking every node" detail="A node that does not answer takes a while." />
      )}
      {tested && (
        <div ref={result} tabIndex={-1} className={styles.result}>
          <Section title="What the test saw">
            {tested.form !== form && (
              <Notice title="The description was changed after this test" tone="warning">
                <p>A new test shows what the changed description reaches.</p>
              </Notice>
            )}
            <TestResult
              report={tested.report}
              pinned={profile?.pins}
              current={tested.form === form}
              busy={save.busy || pin.busy}
              onPin={(pins) => void onPin(pins)}
            />
          </Section>
        </div>
      )}
      {profile && <BeginHere profile={profile} changed={changed} info={info} go={go} />}
    </Page>
  );
}
