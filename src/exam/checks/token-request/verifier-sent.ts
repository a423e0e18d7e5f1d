import { createHash } from 'node:crypto';
import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';

/** A provider without PKCE does not notice; the next one refuses the exchange. */
export const verifierSent = defineCheck({
  id: 'verifier-sent',
  group: 'token-request',
  title: 'The exchange has the verifier of the challenge',
  clause: 'RFC 7636 §4.5, §4.6',
  severity: 'error',
  stages: 'Ordinary flows.',
  looksAt: 'Whether the code_verifier of the exchange belongs to the code_challenge of its flow.',
  advice: 'Keep the verifier with the state, and send it in the exchange of the same flow.',
  judge({ flows }) {
    const exchanged = flows.flatMap(({ authorization, exchange }) =>
      authorization.query('code_challenge') === undefined || exchange === undefined
        ? []
        : [{ authorization, exchange }],
    );
    if (exchanged.length === 0) throw new NotSeen('no flow with a code_challenge led to an exchange');
    const wrong = exchanged.filter((flow) => challengeOf(flow) !== flow.authorization.query('code_challenge'));
    return wrong.length === 0
      ? passed(`${exchanged.length} exchanges had the verifier of their flow.`, requestsOf(exchanged))
      : failed('An exchange has no code_verifier, or that of another challenge.', requestsOf(wrong));
  },
});

/** A flow with its exchange. */
type ExchangedFlow = Record<'authorization' | 'exchange', SeenRequest>;

/** The challenge of the verifier that was sent. */
function challengeOf({ authorization, exchange }: ExchangedFlow): string | undefined {
  const verifier = exchange.parameter('code_verifier');
  if (verifier === undefined || authorization.query('code_challenge_method') !== 'S256') return verifier;
  return createHash('sha256').update(verifier).digest('base64url');
}

const requestsOf = (flows: readonly ExchangedFlow[]): SeenRequest[] =>
  flows.flatMap(({ authorization, exchange }) => [authorization, exchange]);
