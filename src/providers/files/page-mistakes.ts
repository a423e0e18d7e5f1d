import type { Provider } from '../provider.js';
import type { TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';

/** Tells forms whose fields contradict each other: no browser could say what was meant. */
export function tellPages(
  { pages }: ProviderDocument,
  { loginFields, consentForm }: Provider,
  tell: TellMistake,
): void {
  if (pages === undefined) return;
  const fields = [
    ['username', loginFields.username],
    ['password', loginFields.password],
    ['antiForgery', loginFields.antiForgery],
  ] as const;
  for (const [i, [member, name]] of fields.entries()) {
    const other = fields.slice(0, i).find(([, each]) => each === name);
    if (other === undefined) continue;
    const [own, beside] = pages[member] === undefined ? [other[0], member] : [member, other[0]];
    tell(`pages.${own}`, `${JSON.stringify(name)} is also the name of the field ${beside}`);
  }
  const { allow, deny, antiForgery } = consentForm;
  if (pages.scopeField?.includes('{scope}') === false) {
    tell('pages.scopeField', 'has no {scope}: the fields of all scopes would have one name');
  }
  // not those of the buttons: a button can replace the hidden field of the same name, as at tinyEmail
  const taken = new Map([[antiForgery, 'antiForgery']]);
  for (const [i, { name }] of (pages.hidden ?? []).entries()) {
    const other = taken.get(name);
    if (other !== undefined) {
      tell(`pages.hidden.${i}.name`, `${JSON.stringify(name)} is also the name of the field ${other}`);
    } else taken.set(name, `hidden.${i}`);
  }
  const allowing = pages.allowedBy ?? allow;
  if (isSameField(allowing, deny)) {
    const own = pages.deny !== undefined ? 'deny' : pages.allow !== undefined ? 'allow' : 'allowedBy';
    tell(`pages.${own}`, 'a form would allow and deny at once: allow and deny are the same name and value');
  }
  for (const [member, { name }] of Object.entries({ allow, deny })) {
    if (name === antiForgery) {
      tell(`pages.${member}`, `${JSON.stringify(name)} is also the name of the field antiForgery`);
    }
  }
}

type Field = Provider['consentForm']['allow'];

const isSameField = (one: Field, other: Field): boolean => one.name === other.name && one.value === other.value;
