import { defineRule } from '../rule.js';

/** Texts for the encodings that the journal notes. */
const spellings = {
  raw: 'Id and secret stand in the Basic header as they are, without form-encoding.',
  'half-encoded': 'Of id and secret in the Basic header one is form-encoded, and the other is not.',
};

export const basicNotEncoded = defineRule({
  id: 'basic-not-encoded',
  severity: 'warning',
  verdict:
    'The client id or secret in the Basic header is not form-encoded: a provider that decodes it, as it should, reads something else.',
  clause: 'RFC 6749 §2.3.1, Appendix B',
  advice: 'Encode id and secret each as application/x-www-form-urlencoded, then join them by a colon, then base64.',
  spares: 'Silent where encoding would change nothing, and where the client was not recognized.',
  judge: ({ all }) =>
    all.flatMap((seen) => {
      const [, says] =
        Object.entries(spellings).find(([spelling]) =>
          seen.entry.notes.includes(`client authentication: basic (${spelling})`),
        ) ?? [];
      return says === undefined ? [] : [{ by: [seen], says }];
    }),
});
