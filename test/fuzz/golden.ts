import { providers } from '../../src/providers/index.js';
import { Browser } from '../journeys/browserless.js';
import { bystander, redirectUri, scenario } from './stage.js';
import type { Provider } from '../../src/providers/provider.js';
import type { Stage } from './stage.js';

/** The world of the correct client. */
const world = 'golden';

/** The answers to a correct client in a new world. They are always the same, because of the seed. */
export async function goldenFlow(stage: Stage): Promise<unknown> {
  await stage.call(`PUT /worlds/${world}`, { scenario });
  const seen: unknown[] = [];
  for (const provider of providers) seen.push(await flowAt(stage, provider));
  await stage.call(`DELETE /worlds/${world}`);
  return seen;
}

async function flowAt(stage: Stage, { name, endpoints, resources }: Provider): Promise<unknown> {
  const base = `${stage.target.url}/w/${world}/${name}`;
  const { clientId, clientSecret, username, password } = stage.holdings.find(({ provider }) => provider.name === name)!;
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: 'a-state',
  });
  const { url } = await new Browser(redirectUri).signIn(`${base}${endpoints.authorize[0]}?${query.toString()}`, {
    username,
    password,
  });

  const buy = async (
    parameters: Record<string, string>,
  ): Promise<{ status: number; body: { access_token: string; refresh_token: string } }> => {
    const answer = await fetch(base + endpoints.token[0], {
      method: 'POST',
      body: new URLSearchParams({ ...parameters, client_id: clientId, client_secret: clientSecret }),
    });
    return { status: answer.status, body: (await answer.json()) as { access_token: string; refresh_token: string } };
  };
  const bought = await buy({
    grant_type: 'authorization_code',
    code: url.searchParams.get('code')!,
    redirect_uri: redirectUri,
  });
  const refreshed = await buy({ grant_type: 'refresh_token', refresh_token: bought.body.refresh_token });
  const called = await fetch(base + endpoints.api[0] + resources[0]!.path.replace(/:\w+/, '1'), {
    headers: { authorization: `Bearer ${refreshed.body.access_token}` },
  });
  return { back: url.href, bought, refreshed, called: { status: called.status, body: await called.text() } };
}

/** The state of the world that gets no requests. */
export const bystanderOf = (stage: Stage): Promise<unknown> => stage.call(`GET /w/${bystander}/__admin/snapshot`);
