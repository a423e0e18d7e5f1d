import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';

/** The server compares both, so that a code that was sent to another URI cannot be exchanged. */
export const redirectUriRepeated = defineCheck({
  id: 'redirect-uri-repeated',
  group: 'token-request',
  title: 'The exchange repeats the redirect_uri of the authorization request',
  clause: 'RFC 6749 §4.1.3',
  severity: 'error',
  stages: 'Ordinary flows.',
  looksAt: 'Whether both requests of a flow have the same redirect_uri.',
  advice: 'Keep the redirect_uri with the state, and send the same text in the exchange.',
  judge({ flows }) {
    const exchanged = flows.flatMap(({ authorization, exchange }) => {
      const [asked, repeated] = [authorization.query('redirect_uri'), exchange?.parameter('redirect_uri')];
      return asked === undefined || exchange === undefined ? [] : [{ asked, repeated, by: [authorization, exchange] }];
    });
    if (exchanged.length === 0) throw new NotSeen('no flow with a redirect_uri led to an exchange');
    const requests = exchanged.flatMap(({ by }) => by);
    if (exchanged.some(({ asked, repeated }) => repeated !== undefined && repeated !== asked)) {
      return failed('The redirect_uri of the exchange differs from that of the authorization request.', requests);
    }
    return exchanged.some(({ repeated }) => repeated === undefined)
      ? warned('The exchange has no redirect_uri: it works, because this provider does not ask for it.', requests)
      : passed(`${exchanged.length} exchanges repeated the redirect_uri.`, requests);
  },
});
