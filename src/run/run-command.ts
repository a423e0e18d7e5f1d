import { join } from 'node:path';
import { hasFailed } from '../findings/failure.js';
import { formats } from '../findings/formats/index.js';
import { packageFolder } from '../package.js';
import { allFindings } from './all-findings.js';
import { destinationRules } from '../proxy/destination-rules.js';
import { runChild } from './child.js';
import { partsOf } from './environment/index.js';
import { providerPart } from './environment/understudy.js';
import { makeFolder, readIfPossible, removeFolder, writeFiles } from './folder.js';
import { writeReportFile } from './report-files.js';
import { trustStore } from './trust-store.js';
import type { FailOn } from '../findings/severity.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Environment } from '../config/option.js';
import type { Found } from './all-findings.js';
import type { ChildOptions } from './child.js';
import type { Facts } from './facts.js';
import type { ReportFile } from './report-files.js';

/** A running server with HTTPS and a forward proxy. */
export interface ProxiedServer {
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  readonly caCertificate: string;
  readonly caFolder: string;
  readonly worlds: Worlds;
}

/** How a command is run and judged. */
export interface RunOptions extends ChildOptions {
  readonly server: ProxiedServer;
  readonly adminToken: string;
  /** The hosts to which the proxy passes. */
  readonly pass: readonly string[];
  /** The values of --client-id. */
  readonly clientId: readonly string[];
  readonly reports: readonly ReportFile[];
  readonly failOn: FailOn;
  /** Writes a line to standard error: standard output belongs to the command. */
  readonly err: (line: string) => void;
}

/** The exit code if the command passed, but what its clients did fails the run. */
const failedByFindings = 3;

/**
 * Runs a command whose clients reach the server, then reports what they did.
 *
 * @returns the exit code of the command, or 3 if it passed and the findings fail the run
 * @throws NotStarted; UsageError if a report cannot be written
 */
export async function runCommand(command: readonly string[], options: RunOptions): Promise<number> {
  const { server, adminToken, failOn, reports, err } = options;
  const folder = makeFolder();
  let code: number;
  try {
    code = await runChild(command, { ...options, env: await environmentOf(folder, options) });
  } finally {
    removeFolder(folder);
  }
  const found = await allFindings(server.url, adminToken);
  err(summaryOf(found, failOn, server.worlds));
  for (const { format, file } of reports) writeReportFile(file, formats[format].writeAll(found.all, failOn));
  const judged = found.untested === undefined ? found.all.worlds : [found.untested];
  const failed = judged.some((report) => hasFailed(report, failOn));
  return code === 0 && failed ? failedByFindings : code;
}

/** The environment of the command. Its files are written into the folder. */
async function environmentOf(
  folder: string,
  { server, adminToken, clientId, pass, env }: RunOptions,
): Promise<Environment> {
  const { worlds, caCertificate, caFolder, url } = server;
  const facts: Facts = {
    ...server,
    adminToken,
    pass: destinationRules(worlds.providers, pass).pass,
    folder,
    hosts: hostsOf(worlds),
    preload: join(packageFolder, 'dist/preload.cjs'),
    trustStore: await trustStore(caCertificate, caFolder, env),
  };
  const world = worlds.use('default') as World;
  const parts = [
    ...partsOf(facts, { env, read: readIfPossible }),
    ...worlds.providers.map((provider) => providerPart(provider, url, world, clientId)),
  ];
  for (const part of parts) writeFiles(folder, part);
  return Object.assign({}, env, ...parts.map(({ variables }) => variables)) as Environment;
}

const hostsOf = ({ providers }: Worlds): string[] => providers.flatMap(({ hosts }) => hosts);

/** The findings, or that there is nothing to judge: a client that was not tested is no success. */
function summaryOf({ all, untested }: Found, failOn: FailOn, { providers }: Worlds): string {
  if (untested === undefined) return formats.text.writeAll(all, failOn).trimEnd();
  const origins = providers.map(({ origin }) => origin).join(', ');
  const line =
    `understudy: no request reached a provider, so no client was tested; it called none of ${origins}, ` +
    'or it ignores the proxy variables';
  return hasFailed(untested, failOn) ? `${line}\n${formats.text.write(untested, failOn).trimEnd()}` : line;
}
