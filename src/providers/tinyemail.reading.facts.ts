import type { Fact } from './provider.js';

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
    behaviour: 'A body that is not a form, or has no Content-Type, is left unread: its parameters are missing.',
    field: 'unreadBody',
    source: tomcat,
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
];
