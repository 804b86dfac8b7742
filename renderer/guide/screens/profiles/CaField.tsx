import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { holdsPrivateKey } from './form.ts';

/** CA certificates, pasted or from a file. A private key is turned away before it is kept anywhere. */
export function CaField({
  value,
  error,
  onChange,
  label = 'CA certificates',
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  label?: string;
}) {
  const [refused, setRefused] = useState<string>();
  const [file, setFile] = useState<string>();

  const take = (text: string, from?: string) => {
    setFile(undefined);
    if (holdsPrivateKey(text)) {
      setRefused('That holds a private key, and it was not taken. Only certificates belong here.');
      return;
    }
    setRefused(undefined);
    setFile(from);
    onChange(text);
  };
  const takeFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > largest) {
      setRefused(`${chosen.name} is larger than 256 kB, which no list of certificates is.`);
      return;
    }
    take(await chosen.text(), chosen.name);
  };
  return (
    <>
      <TextArea
        label={label}
        optional
        hint="PEM, pasted or from a file. While this is empty, the authorities this system trusts are used."
        value={value}
        error={refused ?? error}
        mono
        maxLength={largest}
        onChange={(text) => take(text)}
      />
      <Row>
        <FileTrigger
          acceptedFileTypes={['.pem', '.crt', '.cer', 'application/x-pem-file']}
          onSelect={(files) => void takeFile(files?.[0])}
        >
          <Button icon="file">Choose a PEM file</Button>
        </FileTrigger>
        {file && <span role="status">Taken from {file}</span>}
      </Row>
    </>
  );
}

const largest = 256_000;
