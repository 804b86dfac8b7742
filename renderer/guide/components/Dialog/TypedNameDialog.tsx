import { useState, type ReactNode } from 'react';
import type { Problem } from '../../../../shared/problem.ts';
import { Button } from '../Button/Button.tsx';
import { Field } from '../Field/Field.tsx';
import { ProblemBox } from '../ProblemBox/ProblemBox.tsx';
import { Dialog } from './Dialog.tsx';

export interface TypedNameDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What is lost, and what is not touched. */
  readonly children: ReactNode;
  /** The cluster's name, to be typed as it is. */
  readonly name: string;
  /** The safe answer, as a button says it. */
  readonly keep: string;
  /** What cannot be taken back, as a button says it. */
  readonly act: string;
  readonly busy: boolean;
  /** What went wrong the last time, under its own title. */
  readonly problem: Problem | undefined;
  readonly problemTitle: string;
  /** @param typed what stands in the field: main compares it too. */
  readonly onConfirm: (typed: string) => void;
}

/** Asks for the cluster's name before something that nobody can take back. It opens empty each time. */
export function TypedNameDialog({ isOpen, onClose, title, ...form }: TypedNameDialogProps) {
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    onClose();
  };
  const { name, keep, act, busy, problem, problemTitle, onConfirm, children } = form;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      tone="danger"
      title={title}
      actions={
        <>
          <Button onPress={close}>{keep}</Button>
          <Button
            kind="danger"
            isDisabled={typed.trim() !== name}
            busy={busy}
            onPress={() => onConfirm(typed.trim())}
          >
            {act}
          </Button>
        </>
      }
    >
      {children}
      <Field
        label="Name of the cluster"
        hint={`Type ${name} to open the button.`}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
      {problem && <ProblemBox problem={problem} title={problemTitle} />}
    </Dialog>
  );
}
