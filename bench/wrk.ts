import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLoad } from './server-process.js';
import type { Job } from './contenders.js';
import type { Load } from './load-result.js';

/** Whether wrk is installed. Debian has a package; npm has none. */
export const hasWrk = spawnSync('wrk', ['-v']).error === undefined;

/** Maximum duration of a round. wrk accepts no number of requests, so the script ends it earlier. */
const seconds = 20;

/** Extra requests, which may be sent while a round ends. */
export const spare = 20;

/** Sends the requests of a job with wrk. It is fast enough that even a bare server is the bottleneck. */
export async function sendByWrk(job: Job, connections: number, count: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  try {
    const [requests, script] = [join(folder, 'requests'), join(folder, 'job.lua')];
    writeFileSync(requests, requestsOf(job).join(''));
    writeFileSync(script, scriptOf(requests, count));
    return await runLoad<Load>([
      'wrk',
      '-t1',
      `-c${String(connections)}`,
      `-d${String(seconds)}s`,
      '-s',
      script,
      job.url,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The serialised requests, each after a line with its length. */
function requestsOf({ url, method, headers, items }: Job): string[] {
  const { host, pathname } = new URL(url);
  return items.map(({ path = pathname, headers: own, body = '' }) => {
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const lines = Object.entries({ host, ...headers, ...own, ...length }).map(([name, value]) => `${name}: ${value}`);
    const request = [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
    return `${String(Buffer.byteLength(request))}\n${request}`;
  });
}

/**
 * Sends the requests in turn, `count` in all. The signal ends the sleep of the main thread of wrk, which would last for
 * the whole duration.
 */
function scriptOf(requests: string, count: number): string {
  return `
local ffi = require('ffi')
ffi.cdef('typedef struct { long s; long ns; } moment; int clock_gettime(int clock, moment *now); int getpid(void); int kill(int pid, int signal);')
local moment = ffi.new('moment')
local function micros()
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.s) * 1e6 + tonumber(moment.ns) / 1e3
end
local requests = {}
local worker
sent = 0
begun = 0
ended = 0
setup = function(thread) worker = thread end
init = function()
  local file = io.open(${JSON.stringify(requests)}, 'rb')
  for length in file:lines() do requests[#requests + 1] = file:read(tonumber(length)) end
  file:close()
end
request = function()
  if sent == 0 then begun = micros() end
  sent = sent + 1
  if sent == ${String(count)} then
    ended = micros()
    wrk.thread:stop()
    ffi.C.kill(ffi.C.getpid(), 2)
  end
  return requests[(sent - 1) % #requests + 1]
end
done = function(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local ended = worker:get('ended')
  local took = ended > 0 and ended - worker:get('begun') or summary.duration
  io.write(string.format('\\n{"answers":%d,"seconds":%f,"failed":%d}\\n', summary.requests, took / 1e6, failed))
end
`;
}
