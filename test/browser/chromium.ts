import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Unpacks the browser of the npm package into a folder of its own and starts it; `close` removes the folder again. */
export async function launchChromium(...more: string[]): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-chromium-'));
  // The package unpacks to the temporary folder. It adds its libraries and fonts only if it detects AWS Lambda.
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;
  const executablePath = await packed.executablePath();
  useFonts(join(folder, 'fonts'));
  const browser = await chromium.launch({ executablePath, args: [...flags, ...more] });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Fonts in the unpacked folder; the package's configuration names fixed folders. Chromium crashes without a font. */
function useFonts(folder: string): void {
  const config = `<fontconfig><dir>${folder}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`;
  writeFileSync(join(folder, 'fonts.conf'), config);
  process.env.FONTCONFIG_PATH = folder;
}
