import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { papers, type Paper } from '../../../../shared/report/style.ts';
import { useDraft } from '../../app/drafts.tsx';
import { usualPaper } from '../../app/paper.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { RadioGroup } from '../../components/Choice/Choice.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';
import styles from './Records.module.css';

/** Record and report in a folder of their own. Where the desktop has no dialog for it, the path is typed. */
export function ExportRecord({ id, info }: { id: CeremonyId; info: AppInfo }) {
  const exporting = useCall('records.export');
  const [paper, setPaper] = useState<Paper>(usualPaper);
  const [folder, setFolder] = useDraft('export folder', '', isText);
  const [done, setDone] = useState<{ folder: string; files: readonly string[] }>();

  const start = async () => {
    setDone(undefined);
    const into = info.folderDialog ? {} : { folder: folder.trim() };
    const result = await exporting.run({ id, paper, ...into });
    if (result.ok && result.value.kind === 'exported') setDone(result.value);
  };

  return (
    <Stack>
      <p>
        A new folder gets the record itself (record.jsonl), a program that checks it anywhere
        (keyturn-verify.mjs), and a report to read and to print: report.pdf, and report.html for any
        browser. There is no secret in them.
      </p>
      <RadioGroup
        label="Paper of the PDF"
        options={papers.map((value) => ({ value, label: value }))}
        value={paper}
        onChange={setPaper}
        layout="inline"
      />
      {!info.folderDialog && (
        <Field
          label="Folder to export to"
          hint="Its full path, for example /media/robin/usb. It must exist."
          value={folder}
          onChange={setFolder}
          maxLength={4000}
          mono
        />
      )}
      <Row>
        <Button
          icon="file"
          busy={exporting.busy}
          isDisabled={!info.folderDialog && folder.trim() === ''}
          onPress={() => void start()}
        >
          {info.folderDialog ? 'Choose a folder and export' : 'Export the record'}
        </Button>
      </Row>
      {exporting.busy && <Waiting doing="Making the report and writing the files" />}
      {exporting.problem && (
        <ProblemBox problem={exporting.problem} title="The record was not exported" />
      )}
      {done && (
        <Notice tone="good" title="The record was exported" announce>
          <p className={styles.file}>{done.folder}</p>
          <p>It holds {done.files.join(', ')}.</p>
        </Notice>
      )}
    </Stack>
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
