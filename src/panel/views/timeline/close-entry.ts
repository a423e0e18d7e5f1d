import { filter, setFilters } from '../../navigation.js';

/** Closes the open entry. Returns whether one was open. */
export function closeEntry(): boolean {
  const isOpen = filter('entry') !== undefined;
  if (isOpen) setFilters({ entry: '' });
  return isOpen;
}
