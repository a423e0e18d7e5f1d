import type { Rule } from '../rule.js';

/** What the journal notes of an id and secret that matched only as they stood. */
const spellings = ['raw', 'half-encoded'];

export const basicNotEncoded: Rule = {
  id: 'basic-not-encoded',
  severity: 'warning',
  verdict: 'The client id or secret in the Basic header is not form-encoded: a provider that decodes it, as it should, reads something else.',
  clause: 'RFC 6749 §2.3.1, Appendix B',
  advice: 'Encode id and secret each as application/x-www-form-urlencoded, then join them by a colon, then base64.',
  spares: 'Silent where encoding would change nothing, and where the client was not recognized.',
  judge: ({ all }) =>
    all.flatMap((seen) => {
      const spelling = spellings.find((each) => seen.entry.notes.includes(`client authentication: basic (${each})`));
      return spelling === undefined ? [] : [{ by: [seen], says: `The Basic header came ${spelling}.` }];
    }),
};
