import type { ConsentForm, PageWords } from '../page-forms.js';
import type { Provider } from '../provider.js';
import type { PagesDocument } from './schema/pages.js';

/** The members of a provider that its pages have. */
export function pagesOf(
  pages: PagesDocument,
  like: Provider,
): Pick<Provider, 'accent' | 'refusedHeading' | 'formPostTitle' | 'loginFields' | 'consentForm' | 'pageWords'> {
  const { colour = like.accent, refusedHeading = like.refusedHeading, formPostTitle = like.formPostTitle } = pages;
  const { username, password, antiForgery } = like.loginFields;
  return {
    accent: colour,
    refusedHeading,
    formPostTitle,
    loginFields: {
      username: pages.username ?? username,
      password: pages.password ?? password,
      antiForgery: pages.antiForgery ?? antiForgery,
    },
    consentForm: consentFormOf(pages, like.consentForm),
    pageWords: { ...like.pageWords, ...wordsOf(pages) },
  };
}

const wordNames = [
  'loginHeading',
  'usernameLabel',
  'passwordLabel',
  'loginButton',
  'consentHeading',
  'allowButton',
  'denyButton',
] as const satisfies readonly (keyof PageWords)[];

const wordsOf = (pages: PagesDocument): PageWords =>
  Object.fromEntries(wordNames.flatMap((name) => (pages[name] === undefined ? [] : [[name, pages[name]]])));

function consentFormOf(pages: PagesDocument, like: ConsentForm): ConsentForm {
  const { antiForgery = like.antiForgery, undecided = like.undecided, allow, deny, hidden, scopeField } = pages;
  const allowedBy = pages.allowedBy ?? allow;
  return {
    ...like,
    antiForgery,
    undecided,
    ...(allow === undefined ? {} : { allow }),
    ...(allowedBy === undefined ? {} : { allows: (form) => form[allowedBy.name] === allowedBy.value }),
    ...(deny === undefined ? {} : { deny, denies: (form) => form[deny.name] === deny.value }),
    ...(hidden === undefined ? {} : { hidden: () => hidden }),
    ...(scopeField === undefined ? {} : { scopeField: (scope) => scopeField.replaceAll('{scope}', scope) }),
  };
}
