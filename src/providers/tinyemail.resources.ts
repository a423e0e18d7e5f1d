import { pageOf, whole } from './paging.js';
import type { Resource, ResourceRequest } from './provider.js';

const customer = (email: string): Record<string, unknown> => ({
  email,
  firstName: 'Reader',
  lastName: 'Example',
  source: 'API',
  status: 'Subscribed',
  birthday: null,
  tags: [],
  currency: 'EUR',
  country: 'Italy',
  province: null,
  city: null,
  address1: null,
  address2: null,
  phone: null,
  postalCode: null,
  company: null,
  lastPurchaseOrder: null,
  lastPurchasePrice: '0',
  latestOrderId: null,
  lastPurchaseDate: null,
  unsubscribedAt: null,
});

const reader = 'reader@example.test';

/** One page in the format of Spring Data, counted from 0. */
function page(items: readonly unknown[], { query }: ResourceRequest): unknown {
  const number = whole(query.page, 0);
  const size = Math.max(1, whole(query.size, 20));
  return { content: pageOf(items, number, size), totalElements: items.length, number, size };
}

const scopes = ['import_customers'];

/**
 * Calls for the scope `import_customers`. Their shape is documented for API keys only; it is assumed to be the same
 * here.
 */
export const tinyemailResources: readonly Resource[] = [
  {
    method: 'GET',
    path: '/account/customer/:email',
    scopes,
    answer: ({ params }) => ({ body: customer(String(params.email)) }),
  },
  {
    method: 'PUT',
    path: '/account/customer',
    scopes,
    answer({ body }) {
      const members = isRecord(body) ? body.updateMembers : undefined;
      if (!Array.isArray(members) || !members.every((member) => isRecord(member) && typeof member.email === 'string')) {
        return { status: 400, body: { message: 'updateMembers must be a list of objects, each with an email' } };
      }
      const numberOfUpdatedMembers = members.filter(({ email }: { email: string }) => email === reader).length;
      return { body: { numberOfCreatedMembers: members.length - numberOfUpdatedMembers, numberOfUpdatedMembers } };
    },
  },
  {
    method: 'GET',
    path: '/campaign',
    answer: (request) => ({ body: { campaigns: page([{ id: 1, name: 'Welcome', status: 'SENT' }], request) } }),
  },
  {
    method: 'GET',
    path: '/contacts',
    answer: () => ({ body: { contacts: [{ id: 1, name: 'Readers', numberOfMembers: 1 }] } }),
  },
  {
    method: 'GET',
    path: '/contacts/:id/members',
    answer: (request) => ({ body: { members: page([customer(reader)], request) } }),
  },
  { method: 'GET', path: '/audiences', answer: () => ({ body: { contacts: [{ id: 1, name: 'Readers' }] } }) },
  {
    method: 'POST',
    path: '/audiences',
    answer: ({ body }) => ({ body: { id: 2, name: isRecord(body) ? body.name : undefined } }),
  },
  { method: 'PUT', path: '/audiences/:id', answer: ({ params }) => ({ body: { id: Number(params.id) } }) },
  {
    method: 'GET',
    path: '/sender-details',
    answer: () => ({ body: { senderDetailses: [{ id: 1, email: 'sender@example.test', name: 'Sender' }] } }),
  },
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
