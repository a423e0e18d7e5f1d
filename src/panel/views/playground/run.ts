import { withState } from '../../playground-client.js';
import type { ProviderInfo } from '../../../client/index.js';

/** How a login uses PKCE (RFC 7636). */
export type Pkce = 'none' | 'S256' | 'plain';

/** A request as the playground sent it. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Whether the body says that it is JSON, and is not. */
  readonly isBroken?: boolean;
  readonly ms: number;
}

/** What a step was about. */
export type StepKind =
  'callback' | 'exchange' | 'replay' | 'refresh' | 'old-refresh' | 'wrong-secret' | 'api' | 'revoke' | 'expire';

/** One step of a run: a request with its answer. */
export interface RunStep {
  readonly id: number;
  readonly kind: StepKind;
  readonly request: SentRequest;
  readonly answer?: Answer;
  /** Why there is no whole answer. */
  readonly failure?: string;
  /** What the playground itself says about it, instead of a sentence for its kind. */
  readonly remark?: string;
  /** Whether the playground refused it, as a client has to. */
  readonly isRefused?: boolean;
  /** The latest entry of the journal before the request. */
  readonly afterEntry: number;
  /** The entry of the request in the journal. */
  readonly entry?: number;
  /** How many times the browser sent the request, if more than once. */
  readonly sent?: number;
}

/** A login with what followed. It is kept for the tab. */
export interface Run {
  /** The value that the state carries. */
  readonly state: string;
  readonly world: string;
  readonly provider: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As it was sent: for some providers with the state in its query. */
  readonly redirectUri: string;
  readonly scope: string;
  readonly pkce: Pkce;
  readonly verifier: string;
  readonly authorizeUrl: string;
  readonly code?: string;
  readonly isCodeSpent?: boolean;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  /** The refresh token that the latest refresh replaced. */
  readonly oldRefreshToken?: string;
  readonly steps: readonly RunStep[];
}

/** A provider as the playground knows it. */
export interface PlaygroundProvider extends Pick<ProviderInfo, 'name' | 'title' | 'scopes' | 'conventions'> {
  /** The base of its paths on the origin of the page. */
  readonly base: string;
  readonly paths: Readonly<Record<'authorize' | 'token' | 'revoke' | 'api', readonly string[]>> & {
    /** Paths at which only refresh tokens are exchanged. */
    readonly refresh?: readonly string[];
  };
  readonly policy: Pick<ProviderInfo['policy'], 'pkce' | 'interaction' | 'scopeParameter'> & {
    readonly pkceMethods: readonly string[];
  };
}

/** The ways to use PKCE at a provider. `canHash`: pages without HTTPS cannot hash, except on the loopback interface. */
export function pkceChoices({ policy }: Pick<PlaygroundProvider, 'policy'>, canHash: boolean): readonly Pkce[] {
  const supported = (['S256', 'plain'] as const).filter((method) => policy.pkceMethods.includes(method));
  const usable = policy.pkce === 'ignored' ? [] : supported.filter((method) => method === 'plain' || canHash);
  return policy.pkce === 'required' && usable.length > 0 ? usable : ['none', ...usable];
}

/** What a person chose for a login, and the random values for it. */
export interface NewLogin {
  readonly world: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly callbackUrl: string;
  readonly scopes: readonly string[];
  readonly pkce: Pkce;
  readonly state: string;
  readonly verifier: string;
  /** The challenge of the verifier by the method of `pkce`. */
  readonly challenge: string;
}

/** Where the state of a login travels, in words. */
export const statePlaceWords: Readonly<Record<ProviderInfo['conventions']['statePlace'], string>> = {
  parameter: 'The state is a parameter, and comes back with the code.',
  'redirect-uri': 'This provider returns no state: it is in the query of the redirect URI, which is not compared.',
  nowhere: 'This provider returns no state: the answer cannot be checked.',
};

/** Begins a run: makes the URL of the authorization request (RFC 6749 §4.1.1). */
export function beginRun(provider: PlaygroundProvider, login: NewLogin): Run {
  const { world, client, callbackUrl, scopes, pkce, state, verifier, challenge } = login;
  const place = provider.conventions.statePlace;
  const redirectUri = place === 'redirect-uri' ? withState(callbackUrl, state) : callbackUrl;
  const scope = scopes.join(' ');
  const query = new URLSearchParams({ response_type: 'code', client_id: client.id, redirect_uri: redirectUri });
  if (scope !== '') query.set('scope', scope);
  if (place === 'parameter') query.set('state', state);
  if (pkce !== 'none') {
    query.set('code_challenge', challenge);
    query.set('code_challenge_method', pkce);
  }
  return {
    state,
    world,
    provider: provider.name,
    clientId: client.id,
    clientSecret: client.secret,
    redirectUri,
    scope,
    pkce,
    verifier,
    authorizeUrl: `${provider.base}${provider.paths.authorize[0] ?? ''}?${query.toString()}`,
    steps: [],
  };
}

const form = 'application/x-www-form-urlencoded';

/** A request that the client authenticates, as the documented clients of the provider do. */
function authenticated(
  { conventions }: PlaygroundProvider,
  url: string,
  { clientId }: Run,
  parameters: Readonly<Record<string, string>>,
  secret: string,
): SentRequest {
  if (conventions.credentials === 'basic') {
    const authorization = `Basic ${btoa(`${clientId}:${secret}`)}`;
    const body = new URLSearchParams(parameters).toString();
    return { method: 'POST', url, headers: { authorization, 'content-type': form }, body };
  }
  const body = new URLSearchParams({ ...parameters, client_id: clientId, client_secret: secret }).toString();
  return { method: 'POST', url, headers: { 'content-type': form }, body };
}

const tokenUrl = ({ base, paths }: PlaygroundProvider): string => base + (paths.token[0] ?? '');

const refreshUrl = ({ base, paths }: PlaygroundProvider): string => base + (paths.refresh?.[0] ?? paths.token[0] ?? '');

/** The exchange of the code (RFC 6749 §4.1.3). */
export const exchangeRequest = (provider: PlaygroundProvider, run: Run, secret = run.clientSecret): SentRequest =>
  authenticated(
    provider,
    tokenUrl(provider),
    run,
    {
      grant_type: 'authorization_code',
      code: run.code ?? '',
      redirect_uri: run.redirectUri,
      ...(run.pkce === 'none' ? {} : { code_verifier: run.verifier }),
    },
    secret,
  );

/** A refresh (RFC 6749 §6). */
export const refreshRequest = (provider: PlaygroundProvider, run: Run, secret = run.clientSecret): SentRequest =>
  authenticated(
    provider,
    refreshUrl(provider),
    run,
    { grant_type: 'refresh_token', refresh_token: run.refreshToken ?? '' },
    secret,
  );

/** A revocation (RFC 7009). Undefined: the provider has no endpoint for it. */
export function revokeRequest(provider: PlaygroundProvider, run: Run, token: string): SentRequest | undefined {
  const [path] = provider.paths.revoke;
  return path === undefined
    ? undefined
    : authenticated(provider, provider.base + path, run, { token }, run.clientSecret);
}

/** A call of the provider's API. `path` is below its base: `..` does not lead out of it. */
export function apiRequest({ base, paths }: PlaygroundProvider, run: Run, path: string): SentRequest {
  const { pathname, search } = new URL(`http://api/${path.replace(/^\/+/, '')}`);
  return {
    method: 'GET',
    url: `${base}${paths.api[0] ?? ''}${pathname}${search}`,
    headers: { authorization: `Bearer ${run.accessToken ?? ''}` },
  };
}

/** What the documented client does next, given how its latest request ended. */
export function nextAction(run: Run): 'login' | 'exchange' | 'refresh' | 'api' {
  const { code, isCodeSpent, refreshToken, steps } = run;
  const latest = steps.findLast(({ kind }) => /^(?:exchange|refresh|api)$/.test(kind));
  const status = latest?.answer?.status ?? 0;
  // 429 asks for the same request later, as 503 does
  const isRefused = status >= 400 && status < 500 && status !== 429;
  if (code === undefined || (isRefused && latest?.kind !== 'api')) return 'login';
  if (isCodeSpent !== true) return 'exchange';
  if (status !== 401) return 'api';
  return refreshToken === undefined ? 'login' : 'refresh';
}
