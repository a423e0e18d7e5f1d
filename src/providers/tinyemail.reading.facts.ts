import type { Fact } from './fact.js';

const tomcat = 'a servlet container (Tomcat), which legacy Spring Security OAuth runs on';
const spring = 'legacy Spring Security OAuth and Spring Security';

/** Facts about how a servlet container and Spring read the parameters of a request and its client. */
export const tinyemailReadingFacts: readonly Fact[] = [
  {
    id: 'tinyemail.reading.repeated',
    behaviour:
      'Of a parameter that is sent more than once, the first value counts; names with brackets are just names.',
    field: 'parametersRepeated',
    source: `${spring}: \`@RequestParam Map\``,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.query-first',
    behaviour: 'Of a parameter in the query and in the body, the value of the query counts.',
    field: 'parametersInBoth',
    source: tomcat,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.unread',
    behaviour: 'A body of another type than these, or without a type, is left unread: its parameters are missing.',
    field: 'unreadBody',
    source: tomcat,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.multipart',
    behaviour: 'The fields of a multipart body are parameters, like those of a form. Its files are not.',
    field: 'tokenBodyTypes',
    source: 'Spring Boot gives its servlet a multipart configuration, by which Tomcat reads the fields as parameters',
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.broken-encoding',
    behaviour: 'A parameter with a broken percent-encoding is dropped. Bytes that are not UTF-8 are read as U+FFFD.',
    field: 'brokenEncoding',
    source: `${tomcat}: \`Parameters\`, \`UDecoder\``,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.empty',
    behaviour:
      'A parameter without a value is an empty text. `code=` is an unknown code, `redirect_uri=` is not the right ' +
      'one, `client_id=` and `client_secret=` are wrong even beside a right Basic header, `access_token=` is an ' +
      'unknown ' +
      'token, and `state=` comes back. `scope=`, `grant_type=`, `refresh_token=` and `response_type=` count as ' +
      'missing, the first two also if they are white space.',
    field: 'emptyParameters',
    source: `${spring}: TokenEndpoint, AuthorizationCodeTokenGranter, OAuth2Utils and others, each in its own way`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.parameters-first',
    behaviour:
      'The parameters client_id and client_secret are looked at before Basic: a client_id without a secret is 401 ' +
      'whatever the header says, and right parameters pass with a wrong secret in the header. A Basic header with ' +
      'another id has to be right too, and is then refused because the ids differ. A header that is Basic without an ' +
      'id and a secret is 401.',
    field: 'clientCredentialsTwice',
    source: `${spring}: \`ClientCredentialsTokenEndpointFilter\` stands before Basic; spring-security-oauth#1794`,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.basic-raw',
    behaviour: 'Id and secret in the Basic header are not form-decoded. The letter case of `Basic` does not matter.',
    field: 'basicDecoding',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.authorize-methods',
    behaviour: 'The authorization endpoint answers HEAD as GET, which gives a code where no page is shown.',
    field: 'authorizeMethods',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.authorize-places',
    behaviour: 'A POST to the authorization endpoint has its parameters in the query, in the body, or in both.',
    field: 'authorizeParametersIn',
    source: spring,
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.secret-in-url',
    behaviour: 'A secret in the URL is accepted; at the authorization endpoint it is not needed.',
    field: 'secretInUrl',
    source: 'the documents put all parameters into the query of the token request',
    confidence: 'SEEN(d)',
  },
  {
    id: 'tinyemail.reading.two-headers',
    behaviour: 'Of two Authorization headers the first counts (assumed).',
    field: 'authorizationTwice',
    source: spring,
    confidence: 'GUESS',
  },
  {
    id: 'tinyemail.reading.base64',
    behaviour: 'The base64 of a Basic header may have no padding; any other character is refused.',
    field: 'basicBase64',
    source: 'Spring Security decodes it with `java.util.Base64`',
    confidence: 'INFERRED',
  },
  {
    id: 'tinyemail.reading.public-client-credentials',
    behaviour:
      'The client credentials grant is open to a client without a secret, if its registration names the grant.',
    field: 'clientCredentialsGrantFor',
    source: spring,
    confidence: 'INFERRED',
  },
];
