import { pageOf, whole } from './paging.js';
import type { User } from '../core/model.js';
import type { Resource, ResourceRequest } from './provider.js';

const console_ = '/ConsoleService.svc/Console';
const statistics = '/MailStatisticsService.svc';

/** One page of a MailUp list. PageNumber counts from 0. */
function page(items: readonly unknown[], { query }: ResourceRequest): unknown {
  // .NET ignores the letter case of parameter names. The statistics calls name the page number pageNum.
  const asked = new Map(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));
  const number = whole(asked.get('pagenumber') ?? asked.get('pagenum'), 0);
  const size = Math.max(1, whole(asked.get('pagesize'), 20));
  return {
    IsPaginated: items.length > size,
    Items: pageOf(items, number, size),
    PageNumber: number,
    PageSize: size,
    Skipped: number * size,
    TotalElementsCount: items.length,
  };
}

function account(user: User | undefined): Record<string, unknown> {
  return {
    AccountName: user?.name ?? 'Understudy',
    Company: 'Understudy',
    ExpiryDate: '2030-12-31 00:00:00.000',
    IsTrial: false,
    UID: user?.id ?? '',
    Url: 'https://services.mailup.com',
    Username: user?.username ?? '',
    Version: '9.0.0',
    ...user?.profile,
  };
}

const lists = [
  { Company: 'Understudy', Description: 'Monthly news', IdList: 1, Name: 'Newsletter' },
  { Company: 'Understudy', Description: 'Customers', IdList: 2, Name: 'Customers' },
];
const groups = [{ Deletable: true, IdGroup: 10, IdList: 1, Name: 'Readers', Notes: '' }];
const fields = [
  { Description: 'FirstName', Id: 1 },
  { Description: 'LastName', Id: 2 },
];
const recipients = [
  {
    Email: 'reader@example.test',
    Fields: [{ Description: 'FirstName', Id: 1, Value: 'Reader' }],
    IdRecipient: 100,
    MobileNumber: '',
    MobilePrefix: '',
    Name: 'Reader',
  },
];

const list = (path: string, items: readonly unknown[]): Resource => ({
  method: 'GET',
  path,
  answer: (request) => ({ body: page(items, request) }),
});
const imported = (path: string, id: number): Resource => ({ method: 'POST', path, answer: () => ({ body: id }) });

/** Calls that MailUp's samples and clients make with an access token. */
export const mailupResources: readonly Resource[] = [
  { method: 'GET', path: `${console_}/Authentication/Info`, answer: ({ user }) => ({ body: account(user) }) },
  {
    method: 'GET',
    path: `${console_}/Authentication/Details`,
    answer: ({ user }) => ({
      body: {
        ...account(user),
        AutoRenewal: false,
        CreditsByList: [{ Credit: 1000, ListId: 1 }],
        Email: user?.username ?? '',
        Lang: 'en',
        Plan: 'Understudy',
        TotalCredits: 1000,
      },
    }),
  },
  list(`${console_}/User/Lists`, lists),
  list(`${console_}/List/:id/Groups`, groups),
  list(`${console_}/Recipient/DynamicFields`, fields),
  list(`${console_}/List/:id/Recipients/Subscribed`, recipients),
  list(`${console_}/Group/:id/Recipients`, recipients),
  imported(`${console_}/Group/:id/Recipients`, 501),
  imported(`${console_}/List/:id/Recipient`, 101),
  imported(`${console_}/Group/:id/Recipient`, 101),
  list(`${statistics}/Message/:id/List/Views`, [
    { IdMessage: 1, Recipient: 'reader@example.test', ViewDate: '2026-01-01 10:00:00.000' },
  ]),
  ...['TrialActivation', 'TrialActivationStatus'].map((name): Resource => ({
    method: 'POST',
    path: `/PublicService.svc/Console/${name}`,
    authentication: 'client',
    answer: () => ({ body: { Id: 1, Hash: 'understudy', State: 4, UIMessage: '' } }),
  })),
];
