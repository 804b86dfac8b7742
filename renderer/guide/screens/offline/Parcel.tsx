import { useEffect, useState } from 'react';
import { useDraft } from '../../app/drafts.tsx';
import { useCall, useLoaded } from '../../app/use-call.ts';
import type { Answered } from '../../app/client.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import styles from './Offline.module.css';

/** Something that leaves this laptop: as QR codes on the screen, or as a file. */
export function Parcel({ name }: { name: string }) {
  return <Loaded key={name} name={name} />;
}

function Loaded({ name }: { name: string }) {
  const shown = useLoaded('parcel.show', { parcel: name });
  if (shown.problem)
    return <ProblemBox problem={shown.problem} title="The codes could not be made" />;
  if (!shown.value) return <WaitingSoon doing="Drawing the codes" />;
  return (
    <Stack>
      <Codes {...shown.value} />
      <Save name={name} folderDialog={shown.value.folderDialog} />
    </Stack>
  );
}

/** Milliseconds a code stands: long enough for a slow camera. */
const standing = 500;

function Codes({ title, pictures }: Answered<'parcel.show'>) {
  const [place, setPlace] = useState(0);
  const [moving, setMoving] = useState(pictures.length > 1 && !wantsLessMotion());
  const next = () => setPlace((before) => (before + 1) % pictures.length);

  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => setPlace((before) => (before + 1) % pictures.length), standing);
    return () => clearInterval(timer);
  }, [moving, pictures.length]);

  const where =
    pictures.length === 1 ? 'one QR code' : `QR code ${place + 1} of ${pictures.length}`;
  return (
    <figure className={styles.codes}>
      <figcaption>
        {title}: {moving ? `${pictures.length} QR codes, one after the other` : where}
      </figcaption>
      <img
        className={styles.code}
        src={`data:image/svg+xml,${encodeURIComponent(pictures[place] ?? '')}`}
        alt={`${title}, as a QR code`}
      />
      {pictures.length > 1 && (
        <Row>
          <Button onPress={() => setMoving(!moving)}>{moving ? 'Hold this code' : 'Play'}</Button>
          {!moving && <Button onPress={next}>Next code</Button>}
        </Row>
      )}
    </figure>
  );
}

const wantsLessMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

function Save({ name, folderDialog }: { name: string; folderDialog: boolean }) {
  const saving = useCall('parcel.save');
  const [folder, setFolder] = useDraft('parcel folder', '', isText);
  const [file, setFile] = useState<string>();

  const start = async () => {
    setFile(undefined);
    const into = folderDialog ? {} : { folder: folder.trim() };
    const result = await saving.run({ parcel: name, ...into });
    if (result.ok && result.value.kind === 'saved') setFile(result.value.file);
  };
  return (
    <Stack>
      {!folderDialog && (
        <Field
          label="Folder to save the file in"
          hint="Its full path, for example /media/robin/usb. It must exist."
          value={folder}
          onChange={setFolder}
          maxLength={4000}
          mono
        />
      )}
      <div>
        <Button
          icon="file"
          busy={saving.busy}
          isDisabled={!folderDialog && folder.trim() === ''}
          onPress={() => void start()}
        >
          Save it as a file
        </Button>
      </div>
      {saving.problem && <ProblemBox problem={saving.problem} title="The file was not saved" />}
      {file && (
        <Notice tone="good" title="Saved" announce>
          <p className={styles.hex}>{file}</p>
        </Notice>
      )}
    </Stack>
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
