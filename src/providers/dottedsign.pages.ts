import { emptyHtml } from './rails-formats.js';
import type { AccountPage } from './provider.js';

const prefixes = ['/v1/oauth', '/oauth'] as const;

/** Doorkeeper's ApplicationsController: without `admin_authenticator` it answers `head :forbidden` to everyone. */
const forbidden = {
  note: "Doorkeeper's pages for the registration of clients are closed: no administrator is configured",
  answer: { status: 403, headers: { 'content-type': 'text/html' }, body: '', layer: 'controller' },
} as const;

/** Rails refuses a form without its anti-forgery value before any controller of Doorkeeper runs. */
const forged = { note: 'the form has no anti-forgery value', answer: emptyHtml(422) } as const;

/**
 * The pages of Doorkeeper that `use_doorkeeper` routes beside the protocol (Doorkeeper 5.6.6,
 * lib/doorkeeper/rails/routes.rb).
 */
export const dottedsignPages: readonly AccountPage[] = prefixes.flatMap((prefix): AccountPage[] => [
  { path: `${prefix}/applications`, methods: ['GET', 'HEAD'], ...forbidden },
  { path: `${prefix}/applications/:id`, methods: ['GET', 'HEAD'], ...forbidden },
  { path: `${prefix}/applications/:id/edit`, methods: ['GET', 'HEAD'], ...forbidden },
  { path: `${prefix}/applications`, methods: ['POST'], ...forged },
  { path: `${prefix}/applications/:id`, methods: ['PUT', 'PATCH', 'DELETE'], ...forged },
  {
    path: `${prefix}/authorized_applications`,
    methods: ['GET', 'HEAD'],
    note: 'the page with the applications of the user',
    answer: 'authorized-clients',
  },
  { path: `${prefix}/authorized_applications/:id`, methods: ['DELETE'], ...forged },
]);
