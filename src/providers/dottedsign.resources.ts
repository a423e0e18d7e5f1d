import { pageOf, whole } from './paging.js';
import { answerAbout } from './written-json.js';
import type { User } from '../core/model.js';
import type { Resource, ResourceRequest } from './provider.js';

const createdAt = 1_767_225_600; // 2026-01-01T00:00:00Z

/**
 * A token of the client credentials grant acts for the creator of the application: here the first user of the realm.
 */
const actingUser = ({ user, realm, access }: ResourceRequest): User | undefined =>
  access?.token.grant.userId === undefined ? [...realm.users.values()][0] : user;

function member(acting: User | undefined, number: number | undefined): unknown {
  return {
    id: number ?? null,
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

const task = (id: number): unknown => ({
  task_id: id,
  task_name: 'Contract',
  status: 'waiting',
  created_at: createdAt,
  stages: [],
});
/** Pages are counted from 1, as in Rails. */
function listTasks({ query }: ResourceRequest): unknown {
  const number = Math.max(1, whole(query.page, 1));
  const size = Math.max(1, whole(query.per_page, 20));
  return { tasks: pageOf([task(1)], number - 1, size), total: 1 };
}

const site = 'https://www.dottedsign.com';

/** Where the files of a task are, as the cloud's client reads it. */
const downloads = (id: number): unknown => ({
  task_id: id,
  attachment: {
    attachment_compressed: {
      audit_trail: `${site}/files/${id}/audit_trail.pdf`,
      share_link: `${site}/task?code=understudy`,
    },
  },
});

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

/** Calls made by clients of the cloud and of the self-hosted edition. */
export const dottedsignResources: readonly Resource[] = [
  {
    method: 'GET',
    path: '/members/me',
    scopes: [],
    answer: answerAbout(actingUser, (user, number) => ({ data: member(user, number) })),
  },
  data('GET', '/sign_tasks/list', read, listTasks),
  data('GET', '/sign_tasks/read', read, ({ query }) => task(Number(query.task_id ?? 1))),
  data('GET', '/sign_tasks/share_link', read, () => ({
    share_link: `${site}/task?code=understudy`,
  })),
  data('GET', '/sign_tasks/download_link', read, ({ query }) => ({ task: downloads(Number(query.task_id ?? 1)) })),
  data('GET', '/sign_tasks/audit_trails', read, () => ({ audit_trails: [] })),
  data('POST', '/sign_tasks', write, () => task(2)),
  data('GET', '/sign_tasks/:id', read, ({ params }) => task(Number(params.id))),
  data('GET', '/templates/list', read, () => ({ templates: [] })),
  data('GET', '/templates', read, () => ({ templates: [] })),
  data('GET', '/developer/tasks', read, () => ({ tasks: [task(1)] })),
];
