import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import type { Go } from '../../app/place.ts';
import { RecordList } from './RecordList.tsx';
import { ToldRecord } from './ToldRecord.tsx';
import { Transcript } from './Transcript.tsx';

/** All ceremonies there were, or the record of one. */
export function Records({
  open,
  other,
  info,
  go,
}: {
  open: CeremonyId | undefined;
  /** The open one is not a ceremony's. */
  other: boolean;
  info: AppInfo;
  go: Go;
}) {
  const [deleted, setDeleted] = useState<string>();
  const toList = (sentence?: string) => {
    setDeleted(sentence);
    go({ at: 'records' });
  };
  if (open && other)
    return (
      <ToldRecord
        key={open}
        id={open}
        info={info}
        onBack={() => toList()}
        onDeleted={(sentence) => toList(sentence)}
      />
    );
  return open ? (
    <Transcript
      key={open}
      id={open}
      info={info}
      onBack={() => toList()}
      onDeleted={(sentence) => toList(sentence)}
    />
  ) : (
    <RecordList deleted={deleted} info={info} go={go} />
  );
}
