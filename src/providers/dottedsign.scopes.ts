import type { Provider } from './provider.js';

/** The scopes of DottedSign's API, in the order of its documentation. */
export const dottedsignScopes: Provider['scopes'] = {
  'sign_tasks.general.read': { words: 'See your signature tasks' },
  'sign_tasks.general.write': { words: 'Create and change your signature tasks' },
  'files.general.read': { words: 'See your files' },
  'files.general.write': { words: 'Upload and change your files' },
  'groups.general.read': { words: 'See your groups' },
  'groups.general.write': { words: 'Change your groups' },
  'groups.seals.read': { words: "See your groups' seals" },
  'groups.seals.write': { words: "Change your groups' seals" },
  'groups.sign_tasks.read': { words: "See your groups' signature tasks" },
  third_party: { words: 'Work as a connected application' },
  embedded_signing: {
    words: 'Let people sign inside the application',
    grants: ['client_credentials'],
    onlyIfNamed: true,
  },
};
