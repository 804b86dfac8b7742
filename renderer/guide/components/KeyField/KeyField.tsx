import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { largestKeyText } from '../../../../shared/contract/common.ts';
import { Button } from '../Button/Button.tsx';
import { TextArea } from '../Field/Field.tsx';
import { Row } from '../Layout/Layout.tsx';

interface KeyFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

/** An armored OpenPGP public key, pasted or from a file. A private key is turned away unread. */
export function KeyField({ value, error, onChange }: KeyFieldProps) {
  const [refused, setRefused] = useState<string>();
  const take = (text: string) => {
    const isPrivate = /-----BEGIN PGP PRIVATE KEY/.test(text);
    setRefused(isPrivate ? 'That is a private key, and it was not taken.' : undefined);
    onChange(isPrivate ? '' : text);
  };
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > largestKeyText) setRefused(`${file.name} is too large to be a public key.`);
    else take(await file.text());
  };
  return (
    <>
      <TextArea
        label="OpenPGP public key"
        hint="As text: gpg --armor --export NAME"
        value={value}
        onChange={take}
        error={refused ?? error}
        maxLength={largestKeyText}
        mono
      />
      <Row>
        <FileTrigger
          acceptedFileTypes={['.asc', '.txt', '.pub']}
          onSelect={(files) => void takeFile(files?.[0])}
        >
          <Button icon="file">Take the key from a file</Button>
        </FileTrigger>
      </Row>
    </>
  );
}
