// A person in front of Debian's Chromium, for the pages that clients send people to.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Runs the errand with a fresh browser context; JavaScript can be switched off. */
export async function inBrowser(errand, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'dunlin-browser-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: FLAGS, ...options });
  try {
    return await errand(await context.newPage(), context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
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
