import type { Fact } from './fact.js';

const measured = "Doorkeeper 5.6.6 on Rails 6.1.7.10 with DottedSign's published settings, run";
const rack = "Rack 2.2's QueryParser and Rails 6.1's Request";

/** Facts about how Rails, Rack and Doorkeeper read the parameters of a request and its client. */
export const dottedsignReadingFacts: readonly Fact[] = [
  {
    id: 'dottedsign.reading.repeated',
    behaviour: 'Of a parameter that is sent more than once, the last value counts; this holds for unknown names too.',
    field: 'parametersRepeated',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/grant_type twice, the last is right',
      'token/shape/grant_type twice, the last is wrong',
      'authorize/client_id twice',
      'token/shape/unknown parameter twice',
    ],
  },
  {
    id: 'dottedsign.reading.query-over-body',
    behaviour: 'Of a parameter in the query and in the body, the value of the query counts, even an empty one.',
    field: 'parametersInBoth',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/grant_type in form and query, the query is right',
      'token/shape/grant_type in form and query, the form is right',
    ],
  },
  {
    id: 'dottedsign.reading.nested',
    behaviour:
      '`a[]` makes a list and `a[b]` an object. Under a name that Doorkeeper knows it counts as an unknown text; at ' +
      'the authorization endpoint, as missing. A name that is text and an object at once is 400 with an empty page. ' +
      'JSON is read alike; JSON that is no object has no parameters.',
    field: 'parameterSyntax',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/unknown parameter, a list by []',
      'token/shape/unknown parameter, broken nesting',
      'token/shape/client_id nested',
      'authorize/state a list by []',
      'token/shape/json: text',
    ],
  },
  {
    id: 'dottedsign.reading.semicolon',
    behaviour: 'In the query, a semicolon separates parameters as `&` does. In a form it does not.',
    field: 'parameterSyntax',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/query parted by semicolons'],
  },
  {
    id: 'dottedsign.reading.depth',
    behaviour: 'Names nested deeper than 100 levels are refused; that the answer is 400 is assumed.',
    field: 'parameterSyntax',
    source: rack,
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.reading.blank',
    behaviour: 'A parameter with nothing but white space counts as missing.',
    field: 'blankParameters',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/grant_type blank', 'refresh/scope blank'],
  },
  {
    id: 'dottedsign.reading.broken-encoding',
    behaviour:
      'A broken percent-encoding, and bytes that are not UTF-8, in any parameter: 400 with an empty page, or with ' +
      '`{"status":400,"error":"Bad Request"}` if the client accepts JSON alone.',
    field: 'brokenEncoding',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/shape/form: broken percent',
      'token/shape/form: bytes that are no UTF-8 in the secret',
      'authorize/state with broken UTF-8',
    ],
  },
  {
    id: 'dottedsign.reading.body-types',
    behaviour:
      'A form, JSON (`application/json`, `text/x-json`), multipart and a body without Content-Type (as a form) are ' +
      'read.',
    field: 'tokenBodyTypes',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/text/x-json', 'token/shape/multipart', 'token/shape/no content type'],
  },
  {
    id: 'dottedsign.reading.unread',
    behaviour:
      'A body of another type is left unread: its parameters are missing. A Content-Type that is no media type is ' +
      '406 with an empty page.',
    field: 'unreadBody',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/text/plain', 'token/shape/content type malformed'],
  },
  {
    id: 'dottedsign.reading.basic-exact',
    behaviour: 'Only `Basic `, in this letter case, is looked at; `basic` and `BASIC` count as no client.',
    field: 'basicLetterCase',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/client/basic in small letters'],
  },
  {
    id: 'dottedsign.reading.basic-raw',
    behaviour:
      'Id and secret in the Basic header are not form-decoded: a client that form-encodes them is refused if that ' +
      'changes them. What is not base64 is skipped.',
    field: 'basicDecoding',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/client/odd client, Basic raw',
      'token/client/odd client, Basic form-encoded',
      'token/client/Basic not base64, body right',
    ],
  },
  {
    id: 'dottedsign.reading.basic-alone',
    behaviour:
      'A Basic header with an id counts alone, right or wrong; parameters are looked at only without it. An id ' +
      'without a colon counts as an id without a secret.',
    field: 'clientCredentialsTwice',
    source: measured,
    confidence: 'MEASURED',
    measured: [
      'token/client/Basic right, body wrong secret',
      'token/client/Basic wrong secret, body right',
      'token/client/Basic without a colon, body right',
    ],
  },
  {
    id: 'dottedsign.reading.authorize-methods',
    behaviour: 'The authorization endpoint answers HEAD as GET, which gives a code where no page is shown.',
    field: 'authorizeMethods',
    source: 'Rails 6.1 and Rack 2.2',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.reading.authorize-places',
    behaviour: 'A POST to the authorization endpoint has its parameters in the query, in the body, or in both.',
    field: 'authorizeParametersIn',
    source: 'Rails 6.1 and Rack 2.2',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.reading.secret-in-url',
    behaviour: 'A secret in the URL is accepted; at the authorization endpoint it is not needed.',
    field: 'secretInUrl',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/shape/all in the query'],
  },
  {
    id: 'dottedsign.reading.two-headers',
    behaviour: 'Of two Authorization headers the first counts (assumed).',
    field: 'authorizationTwice',
    source: 'Rails 6.1 and Rack 2.2',
    confidence: 'GUESS',
  },
  {
    id: 'dottedsign.reading.base64',
    behaviour: 'Other characters and a missing padding in the base64 of a Basic header are passed over.',
    field: 'basicBase64',
    source: measured,
    confidence: 'MEASURED',
    measured: ['token/client/Basic not base64', 'token/client/Basic without its padding'],
  },
  {
    id: 'dottedsign.grants.public-client-credentials',
    behaviour: 'The client credentials grant is open to public clients.',
    field: 'clientCredentialsGrantFor',
    source: 'Doorkeeper 5.6.6: `Application.by_uid_and_secret`, `ClientCredentialsRequest`',
    confidence: 'INFERRED',
  },
  {
    id: 'dottedsign.revoke.client-failure',
    behaviour: 'A revocation whose client authentication fails is 403 unauthorized_client, whatever failed.',
    field: 'revokeClientFailure',
    source: measured,
    confidence: 'MEASURED',
    measured: ['revoke/wrong secret', 'revoke/unknown client'],
  },
];
