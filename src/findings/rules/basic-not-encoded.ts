import { defineRule } from '../rule.js';

/** Texts for the encodings that the journal notes. */
const spellings = {
  raw: 'The id and the secret in the Basic header are not form-encoded.',
  'half-encoded': 'Only one of id and secret in the Basic header is form-encoded.',
};

export const basicNotEncoded = defineRule({
  id: 'basic-not-encoded',
  severity: 'warning',
  verdict:
    'The client id or secret in the Basic header is not form-encoded. A provider that decodes the header as ' +
    'required reads different values.',
  clause: 'RFC 6749 §2.3.1, Appendix B',
  advice:
    'Encode the id and the secret as application/x-www-form-urlencoded, join them with a colon, and encode ' +
    'the result in base64.',
  spares:
    'Not reported if the provider does not decode the header (DottedSign, tinyEmail), if encoding would change ' +
    'nothing, or if the client was not authenticated.',
  judge: ({ all }) =>
    all.flatMap((seen) => {
      // such a provider reads id and secret as they are
      if (seen.policy.basicDecoding === 'raw') return [];
      const [, says] =
        Object.entries(spellings).find(([spelling]) =>
          seen.entry.notes.includes(`client authentication: basic (${spelling})`),
        ) ?? [];
      return says === undefined ? [] : [{ by: [seen], says }];
    }),
});
