import { call, idOf, list, members, page, silent } from './mailup.list.js';
import { mailupMessages } from './mailup.messages.js';
import { answerAbout } from './written-json.js';
import type { User } from '../core/model.js';
import type { Item } from './mailup.list.js';
import type { Resource, ResourceRequest } from './provider.js';

const console_ = '/ConsoleService.svc/Console';

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

const accountCalls: readonly Resource[] = [
  { method: 'GET', path: `${console_}/Authentication/Info`, answer: answerAbout(({ user }) => user, account) },
  call('GET', `${console_}/Authentication/Details`, ({ user }) => ({
    ...account(user),
    AutoRenewal: false,
    CreditsByList: [{ Credit: 1000, ListId: 1 }],
    Email: user?.username ?? '',
    Lang: 'en',
    Plan: 'Understudy',
    TotalCredits: 1000,
  })),
];

const lists: readonly Item[] = [
  {
    Company: 'Understudy',
    Description: 'Monthly news',
    Name: 'Newsletter',
    idList: 1,
    listGuid: '0b0f7a52-6d3e-4a0b-9a55-3c1f5a1c7e01',
  },
  {
    Company: 'Understudy',
    Description: 'Customers',
    Name: 'Customers',
    idList: 2,
    listGuid: '0b0f7a52-6d3e-4a0b-9a55-3c1f5a1c7e02',
  },
];
const newListGuid = '0b0f7a52-6d3e-4a0b-9a55-3c1f5a1c7e03';

/** The call `Console/List`, which is newer than `Console/User/Lists`, writes the ids of lists in capitals. */
const listsInCapitals = lists.map(({ idList: IdList, listGuid: ListGuid, Name, ...rest }): Item => ({
  ...rest,
  IdList,
  ListGuid,
  Name,
}));

/** A created or changed list: what the body says, with an id. */
function savedList({ body }: ResourceRequest, id: number): Item {
  const { IdList = id, ListGuid = newListGuid, ...said } = members(body);
  return { IdList, ListGuid, Name: '', Description: '', ...said };
}

const listCalls = [
  list(`${console_}/User/Lists`, lists),
  call('POST', `${console_}/User/Lists`, () => 3),
  list(`${console_}/List`, listsInCapitals),
  call('POST', `${console_}/List`, (request) => savedList(request, 3)),
  call('PUT', `${console_}/List/:list`, (request) => savedList(request, idOf(request, 'list'))),
];

const group = (idGroup: number, idList: number, { Deletable = true, Name = '', Notes = '' }: Item): Item => ({
  Count: null,
  Deletable,
  Name,
  Notes,
  idGroup,
  idList,
});

/** The official samples import into a group of the second name. */
const groups = (request: ResourceRequest): readonly Item[] => [
  group(10, idOf(request, 'list'), { Name: 'Readers' }),
  group(11, idOf(request, 'list'), { Name: 'test import', Notes: 'test import' }),
];

const groupCalls = [
  list(`${console_}/List/:list/Groups`, groups),
  // The PHP sample creates its group here and reads Items of the answer.
  call('POST', `${console_}/List/:list/Groups`, (request) => page(groups(request), request)),
  call('POST', `${console_}/List/:list/Group`, (request) => group(12, idOf(request, 'list'), members(request.body))),
  call('PUT', `${console_}/List/:list/Group/:group`, (request) =>
    group(idOf(request, 'group'), idOf(request, 'list'), members(request.body)),
  ),
  silent('DELETE', `${console_}/List/:list/Group/:group`),
  list(`${console_}/List/:list/Recipient/:recipient/Groups`, groups),
];

const fields: readonly Item[] = [
  { Description: 'FirstName', Id: 1 },
  { Description: 'LastName', Id: 2 },
];

const importedAt = '2026-01-01 10:00:00Z';
const recipient = (idRecipient: number, name: string, status: string): Item => ({
  Email: `${name.toLowerCase()}@example.test`,
  Fields: [
    { Description: 'FirstName', Id: 1, Value: name },
    { Description: 'LastName', Id: 2, Value: 'Example' },
  ],
  MobileNumber: '',
  MobilePrefix: '',
  Name: name,
  Optin_Date: importedAt,
  Status: status,
  idRecipient,
});
const subscribed = [recipient(100, 'Reader', 'SUBSCRIBED')];
const unsubscribed = [recipient(102, 'Leaver', 'UNSUBSCRIBED')];
const everybody = [...subscribed, ...unsubscribed];

/** The recipients with the address of the query parameter `email`, which may stand in quotation marks. */
function recipientsByEmail({ query }: ResourceRequest): readonly Item[] {
  const asked = query.email;
  if (typeof asked !== 'string') return everybody;
  const address = asked.replaceAll('"', '');
  return everybody.filter(({ Email }) => Email === address);
}

const recipientCalls = [
  list(`${console_}/Recipient/DynamicFields`, fields),
  call('PUT', `${console_}/Recipient/Detail`, ({ body }) => ({ ...subscribed[0], ...members(body) })),
  list(`${console_}/Recipients`, recipientsByEmail),
  call('GET', `${console_}/Recipients/:recipient`, (request) => ({
    ...subscribed[0],
    idRecipient: idOf(request, 'recipient'),
  })),
  silent('DELETE', `${console_}/Recipients/:recipient`),

  list(`${console_}/List/:list/Recipients/Subscribed`, subscribed),
  list(`${console_}/List/:list/Recipients/Unsubscribed`, unsubscribed),
  list(`${console_}/List/:list/Recipients/Pending`, []),
  list(`${console_}/List/:list/Recipients/EmailOptins`, everybody),
  list(`${console_}/Group/:group/Recipients`, subscribed),

  call('POST', `${console_}/List/:list/Recipients`, () => 501),
  call('POST', `${console_}/Group/:group/Recipients`, () => 501),
  call('POST', `${console_}/List/:list/Recipient`, () => 101),
  call('POST', `${console_}/Group/:group/Recipient`, () => 101),
  silent('DELETE', `${console_}/List/:list/Recipient/:recipient`),
  ...['List', 'Group'].flatMap((of) => [
    silent('POST', `${console_}/${of}/:id/Subscribe/:recipient`),
    silent('DELETE', `${console_}/${of}/:id/Unsubscribe/:recipient`),
  ]),
  call('GET', `${console_}/Import/:import`, importStatus),
  call('GET', `${console_}/Imports/:import`, importDetail),
];

/** Every import has already ended, with one new recipient. */
function importStatus(request: ResourceRequest): Item {
  return {
    Completed: true,
    CreatedRecipients: 1,
    ImportedRecipients: 1,
    NotValidRecipients: 0,
    UpdatedRecipients: 0,
    ValidRecipients: 1,
    idImport: idOf(request, 'import'),
  };
}

/** The newer call for the same import, in the format of MailUp's generated reference. */
function importDetail(request: ResourceRequest): Item {
  return {
    EndDate: importedAt,
    FieldSeparator: ';',
    Filename: '',
    IdGroups: [],
    IdImport: idOf(request, 'import'),
    IdList: 1,
    IgnoreDoubleQuotes: false,
    IgnoreFirstRow: false,
    ImportAsUnsubscribed: false,
    IncludePendingRecipients: false,
    OverwriteEmptyFields: false,
    ReplaceExistingGroup: false,
    Rows: {
      Invalid: { InvalidEmail: 0, InvalidNumber: 0, Total: 0, WithoutEmail: 0, WithoutNumber: 0, WithoutPrefix: 0 },
      Total: 1,
      Valid: {
        EmailNew: 1,
        EmailUpdate: 0,
        NumberNew: 0,
        NumberUpdate: 0,
        RepeatedEmail: 0,
        RepeatedNumber: 0,
        Total: 1,
      },
    },
    SendConfirmationEmail: false,
    StartDate: importedAt,
    StatusCode: 3,
  };
}

const trialCalls = ['TrialActivation', 'TrialActivationStatus'].map((name): Resource => ({
  method: 'POST',
  path: `/PublicService.svc/Console/${name}`,
  authentication: 'client',
  answer: () => ({ body: { Id: 1, Hash: 'understudy', State: 4, UIMessage: '' } }),
}));

/** Calls that MailUp's samples and clients make with an access token. Nothing is stored: each answer is the same. */
export const mailupResources: readonly Resource[] = [
  ...accountCalls,
  ...listCalls,
  ...groupCalls,
  ...recipientCalls,
  ...mailupMessages,
  ...trialCalls,
];
