import { connectionsKeptApart } from './connections-kept-apart.js';
import { deniedThenAllowed } from './denied-then-allowed.js';
import { otherPersonSameBrowser } from './other-person-same-browser.js';
import { reconnectReplaces } from './reconnect-replaces.js';
import { secondPerson } from './second-person.js';
import { twoPeopleAtOnce } from './two-people-at-once.js';
import type { Check } from '../../check.js';

/** The checks of the group `people`, in the order in which they run. */
export const peopleChecks: readonly Check[] = [
  secondPerson,
  twoPeopleAtOnce,
  connectionsKeptApart,
  reconnectReplaces,
  deniedThenAllowed,
  otherPersonSameBrowser,
];
