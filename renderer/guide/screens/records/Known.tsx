import { TextArea } from '../../components/Field/Field.tsx';

export interface KnownOfRecord {
  readonly fingerprint: string;
  readonly words: string;
}
export const nothingKnown: KnownOfRecord = { fingerprint: '', words: '' };

/** As a call takes it: only what was typed. */
export const askedOf = ({ fingerprint, words }: KnownOfRecord) => ({
  ...(fingerprint.trim() ? { fingerprint: fingerprint.trim() } : {}),
  ...(words.trim() ? { words: words.trim() } : {}),
});

/** What a person knows of a record by another way than the record. */
export function Known({
  value,
  onChange,
}: {
  value: KnownOfRecord;
  onChange: (value: KnownOfRecord) => void;
}) {
  return (
    <>
      <p>
        What the record must be compared with comes from people, not from the folder it lies in: the
        fingerprint of the key that signed it, or the words that the witness wrote on paper. Without
        either, only its inner order can be checked.
      </p>
      <TextArea
        label="Fingerprint of the key"
        optional
        hint="As hex digits, or as words."
        value={value.fingerprint}
        onChange={(fingerprint) => onChange({ ...value, fingerprint })}
        maxLength={2000}
        mono
      />
      <TextArea
        label="Words of the head"
        optional
        hint="At least the first eight, in their order."
        value={value.words}
        onChange={(words) => onChange({ ...value, words })}
        maxLength={2000}
        mono
      />
    </>
  );
}
