/** What a client does at a provider, in the order of a journey. */
export type Step = 'login' | 'exchange' | 'api' | 'expiry' | 'refresh' | 'revoke';

/** What one client does at one provider of the shelf. */
export interface Row {
  readonly client: string;
  readonly provider: string;
  readonly steps: readonly Step[];
  /** How the client tells that a code was used already. */
  readonly error: string;
}

const endless: readonly Step[] = ['login', 'exchange', 'api', 'expiry'];
const refreshed: readonly Step[] = [...endless, 'refresh'];
const revoked: readonly Step[] = [...refreshed, 'revoke'];

const rows = (client: string, ...of: readonly (readonly [string, readonly Step[], string])[]): Row[] =>
  of.map(([provider, steps, error]) => ({ client, provider, steps, error }));

/** The clients among the packages of this repository, by the program that uses them. */
export const rowsOfPrograms: Readonly<Record<string, readonly Row[]>> = {
  arctic: rows(
    'arctic',
    ['github', refreshed, 'OAuth2RequestError bad_verification_code'],
    ['google', revoked, 'OAuth2RequestError invalid_grant'],
    ['slack', endless, "Error Missing or invalid 'access_token' field"],
    ['notion', endless, 'OAuth2RequestError invalid_grant'],
    ['reddit', refreshed, "Error Missing or invalid 'access_token' field"],
    ['dropbox', refreshed, 'OAuth2RequestError invalid_grant'],
    ['atlassian', refreshed, 'UnexpectedResponseError 403'],
    ['microsoft', refreshed, 'OAuth2RequestError invalid_grant'],
    ['salesforce', revoked, 'OAuth2RequestError invalid_grant'],
    ['quickbooks', revoked, 'OAuth2RequestError invalid_grant'],
  ),
  'google-auth-library': rows('google-auth-library', ['google', revoked, 'GaxiosError 400: invalid_grant']),
  'simple-oauth2': rows(
    'simple-oauth2',
    ['github', endless, 'token.error: bad_verification_code'],
    ['google', refreshed, 'Boom 400: invalid_grant'],
    ['slack', endless, 'token.error: invalid_code'],
    ['notion', refreshed, 'Boom 400: invalid_grant'],
    ['reddit', refreshed, 'token.error: invalid_grant'],
    ['dropbox', refreshed, 'Boom 400: invalid_grant'],
    ['atlassian', refreshed, 'Boom 403: invalid_grant'],
    ['microsoft', refreshed, 'Boom 400: invalid_grant'],
    ['hubspot', refreshed, 'Boom 400: BAD_AUTH_CODE'],
    ['salesforce', refreshed, 'Boom 400: invalid_grant'],
    ['quickbooks', refreshed, 'Boom 400: invalid_grant'],
    ['xero', refreshed, 'Boom 400: invalid_grant'],
    ['shopify', endless, 'Boom 400: invalid_request'],
    ['paypal', refreshed, 'Boom 400: invalid_grant'],
    ['mailchimp', endless, 'Boom 400: invalid_grant'],
    ['zoho', refreshed, 'token.error: invalid_code'],
  ),
};

/** The clients of the folder `brands`, by the program that uses them. */
export const rowsOfInstalled: Readonly<Record<string, readonly Row[]>> = {
  'passport-github2': rows('passport-github2', ['github', endless, 'Error: Failed to obtain access token']),
  octokit: rows('@octokit/oauth-app', ['github', refreshed, 'HttpError 400: bad_verification_code']),
  'slack-oauth': rows('@slack/oauth', ['slack', refreshed, 'slack_webapi_platform_error: invalid_code']),
  'intuit-oauth': rows('intuit-oauth', ['quickbooks', revoked, 'Error 400: invalid_grant']),
  'xero-node': rows('xero-node', ['xero', revoked, 'OPError: invalid_grant']),
  hubspot: rows('@hubspot/api-client', ['hubspot', refreshed, 'ApiException 400: BAD_AUTH_CODE']),
};
