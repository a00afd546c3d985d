// A visitor without JavaScript looks at the public pages on a phone and at a desk, by day and by night; axe looks too.
// node pages.mjs BASE SCREENSHOT_FOLDER NAME=PATH... ; with --cookie=NAME=VALUE as somebody who is logged in.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withBrowser } from './browser.mjs';

const [base, folder, ...named] = process.argv.slice(2);
const cookies = named.filter((word) => word.startsWith('--cookie=')).map((word) => word.slice(9))
  .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: base }));
const pages = named.filter((word) => !word.startsWith('--')).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const views = [390, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));
const complaints = [];
const elsewhere = new Set();
const proxied = new Set();
mkdirSync(folder, { recursive: true });

await withBrowser(async (open) => {
  for (const { width, colorScheme } of views) {
    const look = { viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme, reducedMotion: 'reduce' };
    await open(async (page, context) => {
      await context.addCookies(cookies);
      let where = '';
      // Also what a policy stops: the wish alone would be a fault of the page.
      page.on('request', (request) => {
        if (!request.url().startsWith(base + '/') && !request.url().startsWith('data:')) {
          elsewhere.add(`${where}: ${request.url()}`);
        } else if (request.url().includes('/proxy/media?')) {
          proxied.add(request.url());
        }
      });
      page.on('console', (message) => message.type() === 'error' && complaints.push(`${where}: ${message.text()}`));
      for (const [name, path] of pages) {
        where = `${name} at ${width}, ${colorScheme}`;
        const answer = await page.goto(base + path);
        if (answer.status() !== 200) {
          complaints.push(`${where}: HTTP ${answer.status()}`);
        }
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
      }
    }, { ...look, javaScriptEnabled: false });
    await open(async (page, context) => {
      await context.addCookies(cookies);
      for (const [name, path] of pages) {
        const where = `${name} at ${width}, ${colorScheme}`;
        await page.goto(base + path);
        const seen = await page.evaluate(() => ({
          skip: (() => {
            const first = document.querySelector('a[href], button, input, summary');
            first.focus();
            const shown = first.className === 'skip' && first.getBoundingClientRect().top >= 0;
            first.blur();
            return shown;
          })(),
          headings: document.querySelectorAll('h1').length,
          tooWide: document.documentElement.scrollWidth - window.innerWidth,
          scripts: document.querySelectorAll('script, [style], [onclick]').length,
          broken: [...document.images].filter((image) => image.loading !== 'lazy' && !image.naturalWidth).map((image) => image.src),
        }));
        const expected = { skip: true, headings: 1, tooWide: 0, scripts: 0, broken: [] };
        for (const [what, value] of Object.entries(expected)) {
          if (JSON.stringify(what === 'tooWide' ? Math.max(0, seen[what]) : seen[what]) !== JSON.stringify(value)) {
            complaints.push(`${where}: ${what} is ${JSON.stringify(seen[what])}`);
          }
        }
        await page.evaluate(axe);
        const { violations } = await page.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
        violations.forEach(({ id, nodes }) => complaints.push(`${where}: axe ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' ')}`));
      }
    }, { ...look, bypassCSP: true });
  }
});

if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
console.log(JSON.stringify({ views: views.length, pages: pages.length, elsewhere: [...elsewhere], proxied: proxied.size }));
