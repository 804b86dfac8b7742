import { actions, button, el, heading } from '../isolated/el.ts';
import { facts } from './facts.ts';
import { forceField, pinField, textField } from './fields.ts';
import type { PromoteContext, PromoteRequest } from './main.ts';
import { pinAsked, readiness, signatureAsked, type PromoteForm } from './readiness.ts';
import { signatureField, statementOf, type SignatureFieldOptions } from './signature.ts';

export interface FormAnswer {
  readonly review: (form: PromoteForm, request: PromoteRequest) => void;
  readonly save: (
    force: boolean,
    folder: string | undefined,
  ) => ReturnType<SignatureFieldOptions['save']>;
  readonly leave: () => void;
}

/** What will happen, what the server says, and what people must enter before anything can be pressed. */
export function formView(
  context: PromoteContext,
  start: PromoteForm,
  answer: FormAnswer,
): readonly HTMLElement[] {
  const { banner } = context;
  let form = start;
  const wanted = el('div', { class: 'wanted', role: 'status' });

  const judge = (): void => {
    const now = readiness(context, form);
    next.disabled = now.state !== 'ready';
    const missing = now.state === 'wanting' ? now.missing : [];
    wanted.replaceChildren(
      ...(missing.length === 0
        ? []
        : [
            el('p', {}, 'Still needed'),
            el('ul', { class: 'list' }, ...missing.map(({ says }) => el('li', {}, says))),
          ]),
    );
  };
  const change = (part: Partial<PromoteForm>): void => {
    form = { ...form, ...part };
    judge();
  };
  const next = button('primary', 'Review', () => {
    const now = readiness(context, form);
    if (now.state === 'ready') answer.review(form, now.request);
  });
  judge();

  const closed = readiness(context, form).state === 'closed';
  const leave = closed
    ? button('primary', 'Close', answer.leave)
    : button('plain', 'Close without promoting', answer.leave);
  return [
    heading('h1', `Promote ${banner.cluster}`),
    ...facts(context),
    ...(closed ? [] : [...fields(context, form, change, answer.save), wanted]),
    actions(...(closed ? [leave] : [next, leave])),
  ];
}

function fields(
  context: PromoteContext,
  form: PromoteForm,
  changed: (part: Partial<PromoteForm>) => void,
  save: FormAnswer['save'],
): readonly HTMLElement[] {
  let now = form;
  const signs = context.signature;
  const signature =
    signs &&
    signatureField({
      context,
      signs,
      form,
      save: (folder) => save(now.force, folder),
      change: (part) => change(part),
    });
  const change = (part: Partial<PromoteForm>): void => {
    now = { ...now, ...part };
    changed(part);
    pin.hidden = !pinAsked(context, now);
    if (!signs || !signature) return;
    signature.hidden = !signatureAsked(context, now);
    const statement = signature.querySelector('#statement');
    if (statement) statement.textContent = statementOf(signs, now.force);
  };
  const others = context.people.filter((name) => name !== context.operator);
  const address = textField({
    id: 'address',
    label: 'primary_cluster_addr',
    hint: 'The address future secondaries reach this cluster at. Left empty, Vault uses its own cluster address.',
    value: form.primaryClusterAddr,
    change: (primaryClusterAddr) => change({ primaryClusterAddr }),
  });
  const pin = pinField(context, form, change);
  pin.hidden = !pinAsked(context, form);
  if (signature) signature.hidden = !signatureAsked(context, form);
  return [
    el('h2', {}, 'Confirm by typing'),
    textField({
      id: 'cluster-name',
      label: 'The cluster’s name',
      hint: `Type it exactly: ${context.banner.cluster}`,
      value: form.clusterName,
      change: (clusterName) => change({ clusterName }),
    }),
    textField({
      id: 'second-person',
      label: 'A second person who agrees',
      hint:
        `Somebody other than ${context.operator}` +
        (others.length === 0 ? '' : `, for example ${others.join(', ')}`) +
        factorHint(context),
      value: form.secondPerson,
      change: (secondPerson) => change({ secondPerson }),
    }),
    pin,
    ...(signature ? [signature] : []),
    el(
      'details',
      form.primaryClusterAddr === '' ? {} : { open: true },
      el('summary', {}, 'Set the cluster’s address for its future secondaries'),
      address,
    ),
    ...(context.forceOffered ? [forceField(context, form, change)] : []),
  ];
}

function factorHint({ pin, signature }: PromoteContext): string {
  const unproved = 'goes on the record as “name typed, not authenticated”.';
  if (pin !== undefined) return `. ${pin.person} has a PIN; any other name ${unproved}`;
  if (signature !== undefined)
    return `. ${signature.person} signs with an OpenPGP key; any other name ${unproved}`;
  return `. The name ${unproved}`;
}
