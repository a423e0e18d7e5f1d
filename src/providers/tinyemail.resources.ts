import { pageOf, whole } from './paging.js';
import { constantAnswer } from './written-json.js';
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

/** The largest page of Spring Data. A larger `size` gets this one, and a `size` below 1 gets the default of 20. */
const largestSize = 2000;

/** One page in the format of Spring Data. `number` counts from 0, wherever the parameter `page` begins. */
function page(items: readonly unknown[], { query }: ResourceRequest, first: 0 | 1): unknown {
  const number = Math.max(0, whole(query.page, first) - first);
  const size = Math.min(whole(query.size, 0) || 20, largestSize);
  const content = pageOf(items, number, size);
  const totalPages = Math.ceil(items.length / size);
  return {
    content,
    last: number + 1 >= totalPages,
    totalElements: items.length,
    totalPages,
    size,
    number,
    first: number === 0,
    numberOfElements: content.length,
    empty: content.length === 0,
  };
}

/** What became of a sent campaign: each count with its share of the sent messages in percent. */
const outcomes = Object.fromEntries(
  Object.entries({
    delivered: 1,
    open: 1,
    totalOpen: 1,
    clicked: 0,
    totalClicked: 0,
    bounced: 0,
    spam: 0,
    unsubscribed: 0,
  }).flatMap(([name, count]) => [
    [name, count],
    [`${name}Progress`, count * 100],
  ]),
);

const campaign: Readonly<Record<string, unknown>> = {
  id: '1',
  campaign: { name: 'Welcome', subject: 'Welcome', previewText: 'Good to see you' },
  status: 'COMPLETED',
  contactIds: ['1'],
  senderId: '1',
  schedule: { dateTime: '2026-01-01T10:00:00Z' },
  template: { html: '<p>Welcome</p>' },
  requests: 1,
  sent: 1,
  ...outcomes,
};

const sender: Readonly<Record<string, unknown>> = {
  id: '1',
  name: 'Sender',
  email: 'sender@example.test',
  address: 'Via Roma 1',
  city: 'Milano',
  region: 'MI',
  postalCode: '20121',
  country: 'Italy',
  defaults: true,
  dkimSigned: true,
  emailConfirmed: true,
};

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
    answer: (request) => ({ body: { campaigns: page([campaign], request, 0) } }),
  },
  {
    method: 'GET',
    path: '/contacts',
    answer: constantAnswer({ contacts: [{ id: '1', name: 'Readers', numberOfMembers: 1 }] }),
  },
  {
    method: 'GET',
    path: '/contacts/:id/members',
    // unlike campaigns, members are counted from page 1
    answer: (request) => ({ body: { members: page([customer(reader)], request, 1) } }),
  },
  { method: 'GET', path: '/audiences', answer: constantAnswer({ contacts: [{ id: '1', name: 'Readers' }] }) },
  {
    method: 'POST',
    path: '/audiences',
    answer: ({ body }) => ({ body: { id: '2', name: isRecord(body) ? body.name : undefined } }),
  },
  { method: 'PUT', path: '/audiences/:id', answer: ({ params }) => ({ body: { id: params.id } }) },
  {
    method: 'GET',
    path: '/sender-details',
    answer: constantAnswer({ senderDetailses: [sender] }),
  },
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
