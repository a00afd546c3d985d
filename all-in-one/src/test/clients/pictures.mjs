// Looks at everything that a page and the answers of the API show as pictures, and tells which hosts the browser asked.
// node pictures.mjs BASE FILE_OF_ANSWERS PAGE...
import { readFileSync } from 'node:fs';
import { withBrowser } from './browser.mjs';

const [base, answers, ...pages] = process.argv.slice(2);
const SOURCES = ['avatar', 'avatar_static', 'header', 'header_static', 'preview_url', 'static_url', 'image'];
const hosts = new Set();
const shown = new Set();
const broken = new Set();
const failed = new Set();

// What has a preview or a still is a picture itself.
function collect(json, found) {
  if (json === null || typeof json !== 'object') {
    return;
  }
  for (const [name, value] of Object.entries(json)) {
    const picture = SOURCES.includes(name) || (name === 'url' && ('preview_url' in json || 'static_url' in json));
    if (picture && typeof value === 'string') {
      found.add(value);
    }
    collect(value, found);
  }
}

const shownIn = (page) => page.evaluate(async () => {
  const images = [...document.images];
  images.forEach((image) => image.loading = 'eager');
  await Promise.all(images.map((image) => image.complete || new Promise((done) => ['load', 'error'].forEach((event) => image.addEventListener(event, done)))));
  return images.map((image) => [image.src, image.naturalWidth]);
});

await withBrowser((open) => open(async (page) => {
  page.on('request', (request) => /^https?:/.test(request.url()) && hosts.add(new URL(request.url()).host));
  page.on('requestfailed', (request) => failed.add(`${request.url()} ${request.failure()?.errorText}`));
  const look = async () => (await shownIn(page)).forEach(([source, width]) => (width > 0 ? shown : broken).add(source));
  for (const path of pages) {
    await page.goto(base + path);
    await look();
  }
  const found = new Set();
  collect(JSON.parse(readFileSync(answers, 'utf8')), found);
  // As a web client does it: from another origin, with a policy of its own or none.
  await page.setContent('<!doctype html><title>A client</title>');
  await page.evaluate((sources) => sources.forEach((source) => {
    const image = document.createElement('img');
    image.src = source;
    document.body.append(image);
  }), [...found]);
  await look();
}, { ignoreHTTPSErrors: true }), ['--host-resolver-rules=MAP *.test 127.0.0.1',
  // The bucket of the test speaks HTTP.
  '--disable-features=AutoupgradeMixedContent']);

console.log(JSON.stringify({ hosts: [...hosts].sort(), shown: [...shown], broken: [...broken], failed: [...failed] }));
