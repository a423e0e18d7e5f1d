/** What an assistant is told at the start: what this is, and in which order the tools are used. */
export const instructions = (url: string): string =>
  `Understudy stands in for OAuth 2.0 providers while you test an application that is their client. It runs at ` +
  `${url}; a person can follow everything in the panel at ${url}/.

1. describe_provider: URLs, credentials, what is special. Configure the application with them.
2. register_client: give the client the redirect URI of the application.
3. authorize with the URL of the application that begins the flow. Then call the application yourself.
4. read_journal and explain_request: what the application sent, and why something was refused.
5. Make it hard: advance_clock or expire_tokens, revoke_tokens, add_fault. Call the application again, and look.
6. report_findings: what is wrong with the client, and what to change. run_exam grades the whole application.

Time in a world is virtual: advance_clock instead of waiting. Nothing is ever sent to a real provider.`;
