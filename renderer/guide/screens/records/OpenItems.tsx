import { visible } from '../../../../shared/report/visible.ts';
import { withLocalTimes } from '../../app/time.ts';
import { Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';

/** What a record leaves for somebody to settle. Nothing where nothing is left. */
export function OpenItems({ items }: { items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Section title="Open items">
      {items.map((item) => (
        <Notice key={item} tone="warning" title={visible(withLocalTimes(item))} />
      ))}
    </Section>
  );
}
