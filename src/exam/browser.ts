export { Browser } from '../client/browser.js';
export type { Page, Person, Visit, VisitOptions } from '../client/browser.js';
