import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Chromium without background requests: it loads only the pages that a test opens. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, '.cache');

/** How the browser is started. */
interface Launch {
  readonly args?: readonly string[];
  /** Folders of fonts beside those of the package. Tests use none, so that pages look the same on all machines. */
  readonly fonts?: readonly string[];
}

/** Starts the browser of the npm package, with a temporary folder of its own, which `close` removes. */
export async function launchChromium({ args = [], fonts = [] }: Launch = {}): Promise<{
  browser: Browser;
  close: () => Promise<void>;
}> {
  const { executablePath, remove } = await prepareChromium(fonts);
  const browser = await chromium.launch({ executablePath, args: [...flags, ...args] });
  return {
    browser,
    async close() {
      await browser.close();
      remove();
    },
  };
}

/** Makes the browser ready, for programs that start it themselves with the environment of this process. */
export async function prepareChromium(
  fonts: readonly string[] = [],
): Promise<{ executablePath: string; args: readonly string[]; remove: () => void }> {
  const executablePath = await unpack();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-chromium-'));
  Object.assign(process.env, { TMPDIR: folder });
  useFonts([join(dirname(executablePath), 'fonts'), ...fonts], folder);
  return {
    executablePath,
    args: flags,
    remove() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Unpacks the browser, once for all test files: it takes seconds, and has 200 MB. */
async function unpack(): Promise<string> {
  const { version } = JSON.parse(readFileSync(`${root}node_modules/@sparticuz/chromium/package.json`, 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    // unpacked beside it and then renamed: another test file may do the same at this moment
    const own = mkdtempSync(join(cache, 'unpacking-'));
    await executableIn(own);
    // the package has named the folder of its libraries when it was loaded
    process.env.LD_LIBRARY_PATH = process.env.LD_LIBRARY_PATH?.replaceAll(own, folder);
    try {
      renameSync(own, folder);
    } catch {
      rmSync(own, { recursive: true, force: true });
    }
  }
  return executableIn(folder);
}

/** The package unpacks to the temporary folder, unless it is there. Only on AWS Lambda it adds its libraries and fonts. */
async function executableIn(folder: string): Promise<string> {
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;
  return packed.executablePath();
}

/** The package's configuration of fonts names fixed folders. Chromium crashes without a font. */
function useFonts(fonts: readonly string[], folder: string): void {
  const folders = fonts.map((each) => `<dir>${each}</dir>`).join('');
  const config = `<fontconfig>${folders}<cachedir>${join(folder, 'fonts')}</cachedir></fontconfig>`;
  writeFileSync(join(folder, 'fonts.conf'), config);
  process.env.FONTCONFIG_PATH = folder;
}
