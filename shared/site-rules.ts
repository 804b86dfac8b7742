import { z } from 'zod';

/**
 * The separation of duties, rule by rule; the names are those by which a record is judged
 * (`shared/transcript/duties.ts`). A site says which of them it keeps.
 */
export const siteRuleIds = [
  'operator-is-not-witness',
  'one-share-for-each-holder',
  'second-person-is-not-operator',
  'second-person-authenticated',
] as const;
export type SiteRule = (typeof siteRuleIds)[number];
export const siteRuleSchema = z.enum(siteRuleIds);

export const siteRulesSchema = z.record(siteRuleSchema, z.boolean());
export type SiteRules = z.infer<typeof siteRulesSchema>;

/** What a site keeps that has said nothing. */
export const usualRules: SiteRules = {
  'operator-is-not-witness': true,
  'one-share-for-each-holder': true,
  'second-person-is-not-operator': true,
  'second-person-authenticated': false,
};

/** Each rule as a sentence, as it stands on the screen and on paper. */
export const ruleSentences: Readonly<Record<SiteRule, string>> = {
  'operator-is-not-witness': 'Operator and witness are two people.',
  'one-share-for-each-holder': 'Each holder gives one share in a round.',
  'second-person-is-not-operator': 'The second person at Promote is not the operator.',
  'second-person-authenticated':
    'The second person at Promote proves who they are: by a PIN set at roster, or an OpenPGP signature over the head.',
};
