// What every application reads: its port, and the variables that `understudy run` gives for the provider in
// EXAM_PROVIDER.
const { EXAM_PROVIDER = 'mailup', EXAM_API_PATH = '', EXAM_REVOKE_URL, PORT = '3000' } = process.env;
const variable = (name) => process.env[`UNDERSTUDY_${EXAM_PROVIDER.toUpperCase()}_${name}`];

export const provider = EXAM_PROVIDER;
export const port = Number(PORT);
export const origin = `http://localhost:${PORT}`;
export const redirectUri = `${origin}/callback`;
export const issuer = variable('BASE_URL');
export const authorizeUrl = variable('AUTHORIZE_URL');
export const tokenUrl = variable('TOKEN_URL');
/** The call of the API that `/call` makes. */
export const resource = variable('API_URL') + EXAM_API_PATH;
/** Undefined: the provider has no endpoint that revokes tokens. */
export const revokeUrl = EXAM_REVOKE_URL;
export const clientId = variable('CLIENT_ID');
export const clientSecret = variable('CLIENT_SECRET');
