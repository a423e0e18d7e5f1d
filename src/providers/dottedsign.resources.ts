import { crc32 } from 'node:zlib';
import { pageOf, whole } from './paging.js';
import type { User } from '../core/model.js';
import type { Resource, ResourceRequest } from './provider.js';

const createdAt = 1_767_225_600; // 2026-01-01T00:00:00Z

/** A client's own token acts for the application's creator: the realm's first user (DottedSign, client credentials). */
function member({ user, realm, access }: ResourceRequest): unknown {
  const acting: User | undefined = access?.token.grant.userId === undefined ? [...realm.users.values()][0] : user;
  return {
    id: numberOf(acting?.id ?? ''),
    group_id: 1,
    name: acting?.name ?? '',
    email: acting?.username ?? '',
    phone_code: null,
    phone_number: null,
    unconfirmed_email: null,
    created_at: createdAt,
    language: 'en',
    icon_url: null,
    is_registered: true,
    is_admin: true,
    confirmed: true,
    preference: {},
    profile: {},
    current_permission: {},
    ...acting?.profile,
  };
}

/** A person's number: another one for each, and the same in every run. */
const numberOf = (id: string): number => crc32(id);

const task = (id: number): unknown => ({
  task_id: id,
  task_name: 'Contract',
  status: 'waiting',
  created_at: createdAt,
  stages: [],
});
/** Counted from 1, as lists of Rails are. */
function listTasks({ query }: ResourceRequest): unknown {
  const number = Math.max(1, whole(query.page, 1));
  const size = Math.max(1, whole(query.per_page, 20));
  return { tasks: pageOf([task(1)], number - 1, size), total: 1 };
}

const read = ['sign_tasks.general.read'];
const write = ['sign_tasks.general.write'];

const data = (
  method: Resource['method'],
  path: string,
  scopes: readonly string[],
  answer: (request: ResourceRequest) => unknown,
): Resource => ({
  method,
  path,
  scopes,
  answer: (request) => ({ body: { data: answer(request) } }),
});

/** The calls that clients of the cloud and of the self-hosted edition make. */
export const dottedsignResources: readonly Resource[] = [
  data('GET', '/members/me', [], member),
  data('GET', '/sign_tasks/list', read, listTasks),
  data('GET', '/sign_tasks/read', read, ({ query }) => task(Number(query.task_id ?? 1))),
  data('GET', '/sign_tasks/share_link', read, () => ({ links: [] })),
  data('GET', '/sign_tasks/audit_trails', read, () => ({ audit_trails: [] })),
  data('POST', '/sign_tasks', write, () => task(2)),
  data('GET', '/sign_tasks/:id', read, ({ params }) => task(Number(params.id))),
  data('GET', '/templates/list', read, () => ({ templates: [] })),
  data('GET', '/templates', read, () => ({ templates: [] })),
  data('GET', '/developer/tasks', read, () => ({ tasks: [task(1)] })),
];
