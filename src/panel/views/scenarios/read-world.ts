import { call, callServer, providerPath } from '../../api/call.js';
import { readRealTime } from '../../clock-state.js';
import { world } from '../../navigation.js';
import { ApiError } from '../../api/api-error.js';
import type {
  ClientInfo,
  ClockState,
  FaultState,
  ProviderInfo,
  Scenario,
  Snapshot,
  UserInfo,
  WorldInfo,
} from '../../../client/index.js';
import type { ProviderContents, WorldContents } from './saved-scenario.js';

/** A world has at most this number of clients, users and faults in a scenario. */
const query = '?limit=1000';

interface ScenarioAnswer {
  readonly scenario: Scenario;
}

/** Reads what a scenario can tell of the world that the page shows. */
export async function readWorld(): Promise<Omit<WorldContents, 'description'>> {
  const shown = encodeURIComponent(world.value);
  const [info, clock, { faults }, known, base] = await Promise.all([
    callServer<WorldInfo>('GET', `/worlds/${shown}`),
    call<ClockState>('GET', '/clock'),
    call<{ faults: FaultState[] }>('GET', `/faults${query}`),
    call<{ providers: { name: string }[] }>('GET', '/providers'),
    callServer<ScenarioAnswer>('GET', '/scenarios/default'),
  ]);
  const realNow = readRealTime();
  const [providers, played] = await Promise.all([
    Promise.all(known.providers.map(({ name }) => readProvider(name))),
    readPlayed(info.scenario),
  ]);
  return { seed: info.seed, clock, realNow, faults, providers, base: base.scenario, played };
}

async function readProvider(name: string): Promise<ProviderContents> {
  const path = providerPath(name);
  const [{ policy, defaults }, { clients }, { users }] = await Promise.all([
    call<ProviderInfo>('GET', path),
    call<{ clients: ClientInfo[] }>('GET', `${path}/clients${query}`),
    call<{ users: UserInfo[] }>('GET', `${path}/users${query}`),
  ]);
  return { name, policy, defaults, clients, users };
}

/** The scenario that the world plays. An inline one is only in the snapshot. */
async function readPlayed(name: string | null): Promise<Scenario> {
  try {
    if (name === null) return (await call<Snapshot>('GET', '/snapshot')).scenario;
    return (await callServer<ScenarioAnswer>('GET', `/scenarios/${encodeURIComponent(name)}`)).scenario;
  } catch (error) {
    // its file was removed, or the world is too large for a snapshot
    if (error instanceof ApiError && error.status !== 0) return {};
    throw error;
  }
}
