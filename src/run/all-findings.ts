import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AllReports } from '../findings/all-reports.js';
import type { Report } from '../findings/report.js';

/** The findings of all worlds that got a request, and those of the default world if none did. */
export interface Found {
  readonly all: AllReports;
  /** Its expectations count also if no request came. Undefined: a request came. */
  readonly untested: Report | undefined;
}

/** Fetches the findings of the server in this process, also of the worlds that ended. */
export async function allFindings(url: string, adminToken: string): Promise<Found> {
  const all = (await fetchJson(`${url}/__admin/findings?worlds=all`, adminToken)) as AllReports;
  if (all.judged.worlds > 0) return { all, untested: undefined };
  return { all, untested: (await fetchJson(`${url}/__admin/findings`, adminToken)) as Report };
}

/** It does not use `fetch`, which can follow the proxy variables of this process. */
async function fetchJson(url: string, adminToken: string): Promise<unknown> {
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${adminToken}` };
    get(url, { headers, agent: new Agent() }, (response) => {
      text(response).then(resolve, reject);
    }).once('error', reject);
  });
  return JSON.parse(answer) as unknown;
}
