import { useState } from 'react';
import {
  afterTitles,
  type AfterItem,
  type AfterItemId,
} from '../../../../../shared/ceremony/aftercare.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { cx } from '../../../components/cx.ts';
import { Icon } from '../../../components/icons/Icon.tsx';
import { Section } from '../../../components/Layout/Layout.tsx';
import { statusWord } from './after-words.ts';
import { AfterPanel } from './AfterPanel.tsx';
import styles from './Aftercare.module.css';

/** The checklist after the promotion: every item with its state, and the one that is looked at. */
export function AfterList({ state }: { state: StateIn<'aftercare'> }) {
  const [chosen, choose] = useState<AfterItemId>();
  const items = state.after?.items ?? [];
  const next = items.find(({ status }) => status === 'open');
  const shown = items.find(({ id }) => id === chosen) ?? next;
  const left = items.filter(({ status }) => status === 'open').length;
  if (items.length === 0) return null;
  return (
    <Section title="After the promotion">
      <p role="status">
        {left === 0
          ? 'Everything on the list is seen to.'
          : `${left} of ${items.length} are open. What is open when the ceremony ends is listed on the record.`}
      </p>
      <ol className={styles.items}>
        {items.map((item) => (
          <li key={item.id} className={cx(styles.item, item.id === shown?.id && styles.shown)}>
            <span className={styles.mark}>
              <Icon name={markOf[item.status]} />
              {statusWord[item.status]}
            </span>
            <Button
              kind="plain"
              label={`${afterTitles[item.id]}: ${statusWord[item.status]}`}
              onPress={() => choose(item.id)}
            >
              {afterTitles[item.id]}
            </Button>
          </li>
        ))}
      </ol>
      {shown && (
        <AfterPanel key={shown.id} state={state} item={shown} onDone={() => choose(undefined)} />
      )}
    </Section>
  );
}

const markOf = { open: 'unknown', done: 'good', waived: 'flag' } as const satisfies Record<
  AfterItem['status'],
  string
>;
