import { readFileOfFolder } from '../input/document/files.js';

/** Members that a provider file can have, and a scenario cannot. */
const ownMembers = ['title', 'like', 'hosts', 'endpoints', 'tokens', 'answers', 'errors', 'pages', 'scopes'];

/** Whether a file is meant as a provider file: it has a member that a scenario has not. */
export async function isProviderFile(file: string): Promise<boolean> {
  const text = readFileOfFolder(file);
  if (typeof text !== 'string') return false;
  const { readDocument } = await import('../input/document/read-document.js');
  const read = readDocument(text, file, { called: 'a file', empty: '{}' });
  const value = read.place === undefined ? undefined : read.value;
  return typeof value === 'object' && value !== null && ownMembers.some((name) => Object.hasOwn(value, name));
}
