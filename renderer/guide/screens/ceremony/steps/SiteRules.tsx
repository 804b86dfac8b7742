import { inForce } from '../../../../../shared/ceremony/in-force.ts';
import { ruleSentences, siteRuleIds, usualRules } from '../../../../../shared/site-rules.ts';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { useView } from '../view.ts';

/** The separation of duties that binds this ceremony, and what of it was set aside. */
export function SiteRules() {
  const { state } = useView();
  const kept = state.cluster.rules ?? usualRules;
  return (
    <Disclosure title="The rules of this site">
      <ul>
        {siteRuleIds.map((rule) => (
          <li key={rule}>
            {ruleSentences[rule]}{' '}
            <strong>
              {!kept[rule]
                ? 'Not kept by this site.'
                : inForce(state, rule)
                  ? 'In force.'
                  : 'Set aside by a recorded deviation.'}
            </strong>
          </li>
        ))}
      </ul>
      <p>Where one cannot be kept tonight, record a deviation below: it then no longer binds.</p>
    </Disclosure>
  );
}
