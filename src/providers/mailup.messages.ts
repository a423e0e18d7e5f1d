import { call, idOf, list, members, silent } from './mailup.list.js';
import type { Item } from './mailup.list.js';
import type { Resource, ResourceRequest } from './provider.js';

const console_ = '/ConsoleService.svc/Console';
const statistics = '/MailStatisticsService.svc';
const ofList = `${console_}/List/:list`;
const createdAt = '2026-01-01 10:00:00Z';

const message = (idList: number, idMessage: number, { Notes = '', Subject = '' }: Item): Item => ({
  CreationDate: createdAt,
  Notes,
  Subject,
  idList,
  idMessage,
});

const messages = (request: ResourceRequest): readonly Item[] => [
  { ...message(idOf(request, 'list') || 1, 1, { Subject: 'Welcome' }), ServiceType: 0 },
  { ...message(idOf(request, 'list') || 1, 2, { Subject: 'News' }), ServiceType: 0 },
];

/** A message with its content, as the official samples read it before they save it with a tag. */
const details = (request: ResourceRequest): Item => ({
  Attachments: [],
  Content: '<p>Welcome</p>',
  CreationDate: createdAt,
  Embed: false,
  Fields: [],
  IsConfirmation: false,
  Notes: '',
  Subject: 'Welcome',
  Tags: [],
  TrackingInfo: { CustomParams: '', Enabled: true, Protocols: ['http:', 'https:'] },
  idList: idOf(request, 'list'),
  idMessage: idOf(request, 'message'),
});

/** `Id` is the id of the sending. A message to one address has none. */
const sent = (idMessage: unknown, Id?: number): Item => ({
  ...(Id === undefined ? {} : { Id }),
  InvalidRecipients: [],
  Sent: 1,
  UnprocessedRecipients: [],
  idMessage,
});
const sentToOne = ({ body }: ResourceRequest): Item => sent(members(body).idMessage ?? 1);
const sentToMany = (request: ResourceRequest): Item => sent(idOf(request, 'message'), 701);
const sending = (request: ResourceRequest): Item => ({
  Date: createdAt,
  idMessage: 1,
  idSending: idOf(request, 'sending'),
});

const messageCalls = [
  list(`${console_}/User/Emails`, messages),
  ...['Emails', 'Online/Emails', 'Archived/Emails'].map((path) => list(`${ofList}/${path}`, messages)),
  call('POST', `${ofList}/Email`, (request) => message(idOf(request, 'list'), 3, members(request.body))),
  call('POST', `${ofList}/Email/Template/:template`, (request) =>
    message(idOf(request, 'list'), 4, { Subject: 'Welcome' }),
  ),
  call('GET', `${ofList}/Email/:message`, details),
  call('PUT', `${ofList}/Email/:message`, (request) =>
    message(idOf(request, 'list'), idOf(request, 'message'), members(request.body)),
  ),
  silent('DELETE', `${ofList}/Email/:message`),
  silent('PUT', `${ofList}/Email/:message/Online/Visibility`),
  list(`${ofList}/Email/:message/SendHistory`, []),
  call('GET', `${ofList}/Email/:message/Attachment`, () => []),
  call('POST', `${ofList}/Email/:message/Attachment/:slot`, (request) => ({
    Name: members(request.body).Name ?? '',
    Path: `https://services.mailup.com/attachments/${idOf(request, 'message')}`,
    Slot: idOf(request, 'slot'),
  })),
  silent('DELETE', `${ofList}/Email/:message/Attachment/:slot`),
];

const sendingCalls = [
  call('POST', `${console_}/Email/Send`, sentToOne),
  call('POST', `${console_}/Sms/Send`, sentToOne),
  call('POST', `${ofList}/Email/:message/Send`, sentToMany),
  call('POST', `${console_}/Group/:group/Email/:message/Send`, sentToMany),
  ...['Immediate', 'Deferred', 'Undefined'].map((queue) => list(`${console_}/Email/Sendings/${queue}`, [])),
  call('POST', `${console_}/Email/Sendings/:sending/Immediate`, sending),
  call('GET', `${console_}/Email/Sendings/:sending/Deferred`, () => ({ Date: createdAt })),
  call('POST', `${console_}/Email/Sendings/:sending/Deferred`, sending),
];

const template = (Id: number, Title: string): Item => ({ Id, Text: '', Thumbnail: '', Title });
const images = ['https://services.mailup.com/images/Avatar'];
const tags: readonly Item[] = [{ Enabled: true, Id: 1, Name: 'promotion' }];

const partCalls = [
  // The official samples create a message from the second template.
  list(`${ofList}/Templates`, [template(1, 'Empty'), template(2, 'Newsletter')]),
  call('GET', `${ofList}/Templates/:template`, (request) => ({
    Content: '<p>Welcome</p>',
    ...template(idOf(request, 'template'), 'Newsletter'),
  })),
  call('GET', `${console_}/Images`, () => images),
  call('POST', `${console_}/Images`, () => images),
  silent('DELETE', `${console_}/Images`),
  call('GET', `${ofList}/Images`, () => images),
  // the body is a JSON string
  call('POST', `${ofList}/Images`, () => JSON.stringify(images[0])),
  list(`${ofList}/Tags`, tags),
  call('POST', `${ofList}/Tag`, ({ body }) => ({ Enabled: true, Id: 2, Name: typeof body === 'string' ? body : '' })),
  call('PUT', `${ofList}/Tag/:tag`, (request) => {
    const { Enabled = true, Name = '' } = members(request.body);
    return { Enabled, Id: idOf(request, 'tag'), Name };
  }),
  silent('DELETE', `${ofList}/Tag/:tag`),
];

const reader = { Email: 'reader@example.test', IdRecipient: 100 };
const link = 'http://www.example.test/';

/** What each list of statistics says about a message. The statistics service writes IdMessage and IdRecipient. */
const ofMessage: Readonly<Record<string, Item>> = {
  Recipients: reader,
  Views: reader,
  Clicks: { ...reader, Count: 1 },
  UrlClicks: { Count: 1, Url: link },
  UrlClickDetails: { ...reader, Count: 1, Url: link },
  Bounces: { ...reader, Type: 'Hard' },
  Unsubscriptions: reader,
};
const ofRecipient = ['Deliveries', 'Views', 'Clicks', 'ClicksDetails', 'Bounces', 'BouncesDetails', 'Unsubscriptions'];

const statisticsCalls = [
  ...Object.entries(ofMessage).flatMap(([name, item]) => [
    list(`${statistics}/Message/:message/List/${name}`, (request) => [
      { ...item, IdMessage: idOf(request, 'message') },
    ]),
    call('GET', `${statistics}/Message/:message/Count/${name}`, () => 1),
  ]),
  ...ofRecipient.flatMap((name) => [
    list(`${statistics}/Recipient/:recipient/List/${name}`, (request) => [
      { IdMessage: 1, IdRecipient: idOf(request, 'recipient'), Subject: 'Welcome' },
    ]),
    call('GET', `${statistics}/Recipient/:recipient/Count/${name}`, () => 1),
  ]),
];

/** MailUp's calls about messages: create, send, what they are made of, and statistics. */
export const mailupMessages: readonly Resource[] = [...messageCalls, ...sendingCalls, ...partCalls, ...statisticsCalls];
