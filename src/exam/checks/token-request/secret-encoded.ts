import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import type { Judgement } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** RFC 6749 Appendix A allows these characters in both; many clients are never tried with them. */
const id = 'exam+client %&=1';
const secret = 'exam:secret+%25 &=?/;#1';

/** Generated secrets have such characters: the client works for years, until the secret is changed. */
export const secretEncoded = defineCheck({
  id: 'secret-encoded',
  group: 'token-request',
  title: 'An id and a secret with special characters arrive as they are',
  clause: 'RFC 6749 §2.3.1, Appendix B',
  severity: 'error',
  stages: 'The client is registered with an id and a secret that have special characters.',
  looksAt: 'Whether the provider reads them as they were registered.',
  advice: 'Form-encode the id and the secret, also before they are joined for the header Authorization.',
  needs: ['own-credentials'],
  async examine(stage) {
    const { world, client } = stage;
    const provider = stage.provider.name;
    const known = await world.clients.list({ provider });
    const redirectUris = known.flatMap((registered) => registered.redirectUris);
    await world.clients.add({ provider, id, secret, redirectUris });
    // providers that read the header as it is are right with clients that do so: here both spellings work
    await world.providers.policy({ provider, basicDecoding: 'any' });
    await client.useCredentials?.({ id, secret, redirectUri: String(redirectUris[0]) });
    try {
      await stage.connect(await stage.newBrowser());
      await stage.rest();
      return judge(
        await stage.requests(),
        known.map((registered) => registered.id),
        stage,
      );
    } finally {
      await client.useCredentials?.();
    }
  },
});

function judge(
  { authorizations: [authorization], exchanges: [exchange] }: Awaited<ReturnType<Stage['requests']>>,
  known: readonly string[],
  { provider, client: { credentialsIn = 'what useCredentials got' } }: Stage,
): Judgement {
  const sentId = authorization?.query('client_id');
  if (authorization === undefined || sentId === undefined) throw new NotSeen('the client began no flow');
  if (known.includes(sentId)) throw new NotSeen(`the client did not use the id in ${credentialsIn}`);
  if (sentId !== id) return failed('The authorization request has another id: it was not encoded.', [authorization]);
  if (exchange === undefined) throw new NotSeen('the flow led to no exchange');
  if (exchange.status !== 200) return failed(refusalOf(exchange), [exchange]);
  return exchange.entry.notes.includes('client authentication: basic (raw)') && provider.policy.basicDecoding !== 'raw'
    ? warned('The id and the secret in the header Authorization are not form-encoded.', [exchange])
    : passed('The provider read the id and the secret as they were registered.', [exchange]);
}

const refusalOf = ({ entry }: SeenRequest): string =>
  `The token endpoint refused the exchange: ${String(entry.reason)}.`;
