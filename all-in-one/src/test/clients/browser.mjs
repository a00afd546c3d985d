// A person in front of Debian's Chromium, for the pages that clients send people to.
import { chromium } from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Runs the errand with a fresh browser; JavaScript can be switched off. */
export async function inBrowser(errand, options = {}) {
  return withBrowser((open) => open(errand, options));
}

/** Starts one browser for several errands; each opens a context of its own, which shares nothing with the others. */
export async function withBrowser(errands, flags = []) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...flags] });
  const open = async (errand, options = {}) => {
    const context = await browser.newContext(options);
    // Guards against hanging alone: the machine may be busy.
    context.setDefaultTimeout(120_000);
    try {
      return await errand(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };
  try {
    return await errands(open);
  } finally {
    await browser.close();
  }
}

/** Logs in without JavaScript, consents, and gives the URL the browser was sent back to. */
export async function signInInBrowser(authorizeUrl, email, password, redirectUri) {
  return inBrowser(async (page) => {
    const returned = new Promise((resolve) => page.on('request', (request) => {
      if (request.url().startsWith(redirectUri)) {
        resolve(new URL(request.url()));
      }
    }));
    await page.goto(authorizeUrl);
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', password);
    await page.click('button[type=submit]');
    await page.getByRole('button', { name: 'Authorize' }).click({ noWaitAfter: true });
    return returned;
  }, { javaScriptEnabled: false });
}
