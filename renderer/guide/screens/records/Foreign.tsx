import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { Checked, ForeignLine } from '../../../../shared/contract/records.ts';
import { visible } from '../../../../shared/report/visible.ts';
import { dayAndTime } from '../../app/time.ts';
import { useCall, useLoaded } from '../../app/use-call.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { CheckFile } from './CheckFile.tsx';
import { ExportCopy } from './ExportCopy.tsx';
import { Finding } from './Finding.tsx';
import { askedOf, Known, nothingKnown } from './Known.tsx';
import styles from './Records.module.css';
import { RemoveCopy } from './RemoveCopy.tsx';
import { Signatures } from './Signatures.tsx';

/** Records that were made elsewhere: they are never among those of this machine, and say so. */
export function Foreign({ info }: { info: AppInfo }) {
  const { value, problem, reload } = useLoaded('records.foreign', undefined);
  return (
    <Stack>
      {problem && <ProblemBox problem={problem} title="They could not be listed" />}
      {value !== undefined && value.length > 0 && (
        <ul className={styles.lines}>
          {value.map((line) => (
            <Copy key={line.id} line={line} info={info} onGone={reload} />
          ))}
        </ul>
      )}
      <Disclosure title="Check a record from elsewhere">
        <CheckFile info={info} onKept={reload} />
      </Disclosure>
    </Stack>
  );
}

function Copy({ line, info, onGone }: { line: ForeignLine; info: AppInfo; onGone: () => void }) {
  const check = useCall('records.check-foreign');
  const [known, setKnown] = useState(nothingKnown);
  const [found, setFound] = useState<Checked>();
  const again = async () => {
    const result = await check.run({ id: line.id, ...askedOf(known) });
    if (result.ok) setFound(result.value);
  };
  // Whoever made the record chose these texts.
  const name = visible(line.cluster ?? line.from);
  return (
    <li className={styles.line}>
      <div className={styles.lineText}>
        <Level level="unknown" word="From elsewhere" />
        <b className={styles.cluster}>{name}</b>
        <p className={styles.file}>{visible(line.record ?? line.from)}</p>
        <p>
          Kept {dayAndTime(line.importedAt)}. The check said then: {line.headline}
        </p>
        <Disclosure title={`Check, sign or remove the copy of ${name}`}>
          <Stack>
            <h3>Check</h3>
            <Known value={known} onChange={setKnown} />
            <Row>
              <Button icon="again" busy={check.busy} onPress={() => void again()}>
                Check the copy
              </Button>
            </Row>
            {check.problem && <ProblemBox problem={check.problem} title="It was not checked" />}
            {found && <Finding checked={found} />}
            <h3>Signatures</h3>
            <Signatures of={{ kind: 'foreign', id: line.id }} info={info} />
            <h3>Export</h3>
            <ExportCopy id={line.id} info={info} />
            <h3>Remove</h3>
            <RemoveCopy id={line.id} name={name} onGone={onGone} />
          </Stack>
        </Disclosure>
      </div>
    </li>
  );
}
