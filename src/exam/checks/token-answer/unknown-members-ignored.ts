import { usableAnswer } from './usable-answer.js';

/** Providers add members: a client that knows all of them breaks on that day. */
export const unknownMembersIgnored = usableAnswer({
  id: 'unknown-members-ignored',
  title: 'Unknown members of a token answer are ignored',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Read the members that you need, and ignore all others.',
  what: 'an answer with unknown members',
  fault: {
    kind: 'patch',
    set: { example_parameter: 'example_value', example_list: ['a', null], example_object: { nested: { deep: 1 } } },
  },
});
