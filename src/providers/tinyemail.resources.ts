import type { Resource } from './provider.js';

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

const scopes = ['import_customers'];

/** The closest known shape of the calls that the scope `import_customers` opens: those that are documented for API keys. */
export const tinyemailResources: readonly Resource[] = [
  { method: 'GET', path: '/account/customer/:email', scopes, answer: ({ params }) => ({ body: customer(String(params.email)) }) },
  {
    method: 'PUT',
    path: '/account/customer',
    scopes,
    answer({ body }) {
      const members = isRecord(body) ? body.updateMembers : undefined;
      if (!Array.isArray(members) || !members.every((member) => isRecord(member) && typeof member.email === 'string')) {
        return { status: 400, body: { message: 'updateMembers must be a list of objects, each with an email' } };
      }
      return { body: { numberOfCreatedMembers: members.length, numberOfUpdatedMembers: 0 } };
    },
  },
  { method: 'GET', path: '/campaign', answer: () => ({ body: { campaigns: { content: [{ id: 1, name: 'Welcome', status: 'SENT' }], totalElements: 1, number: 0, size: 20 } } }) },
  { method: 'GET', path: '/contacts', answer: () => ({ body: { contacts: [{ id: 1, name: 'Readers', numberOfMembers: 1 }] } }) },
  { method: 'GET', path: '/contacts/:id/members', answer: () => ({ body: { members: { content: [customer('reader@example.test')], totalElements: 1, number: 0, size: 20 } } }) },
  { method: 'GET', path: '/audiences', answer: () => ({ body: { contacts: [{ id: 1, name: 'Readers' }] } }) },
  { method: 'POST', path: '/audiences', answer: ({ body }) => ({ body: { id: 2, name: isRecord(body) ? body.name : undefined } }) },
  { method: 'PUT', path: '/audiences/:id', answer: ({ params }) => ({ body: { id: Number(params.id) } }) },
  { method: 'GET', path: '/sender-details', answer: () => ({ body: { senderDetailses: [{ id: 1, email: 'sender@example.test', name: 'Sender' }] } }) },
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
