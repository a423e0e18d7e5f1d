/** The fixed answer, of the same length as those of other servers. */
export const fixedToken = {
  access_token: 'a'.repeat(43),
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'r'.repeat(43),
  scope: 'read write',
};
export const fixedResource = { contacts: [{ id: 1, name: 'Readers', numberOfMembers: 1 }] };

/** Writes the ready line with the URL of the server, and further members. */
export function ready(port, further = {}) {
  process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}`, ...further })}\n`);
}
