import type { Page } from '../client/browser.js';

/** Whether a page has a field for a password. */
export const asksForPassword = ({ body }: Page): boolean => /type=["']?password/i.test(body);
