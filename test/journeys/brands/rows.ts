/** What a client does at a provider, in the order of a journey. */
export type Step = 'login' | 'exchange' | 'api' | 'refresh' | 'expiry' | 'revoke';
