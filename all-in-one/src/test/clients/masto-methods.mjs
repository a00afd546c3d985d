// What the npm library `masto` can do stands in its types alone: reads the names of all methods from them, such as
// `v1.tags.$select.follow`, without those of administration.
import { readdirSync, readFileSync } from 'node:fs';

const TYPES = new URL('./node_modules/masto/dist/mastodon/rest/', import.meta.url).pathname;

export const allMethods = () => {
  const interfaces = new Map();
  for (const entry of readdirSync(TYPES, { recursive: true, withFileTypes: true })) {
    if (entry.name.endsWith('.d.ts')) {
      const part = /\/(admin|v2)\/?$/.exec(entry.parentPath ?? entry.path)?.[1] ?? 'v1';
      const text = readFileSync(`${entry.parentPath ?? entry.path}/${entry.name}`, 'utf8');
      for (const [, name, body] of text.matchAll(/^export interface ([\w$]+)[^{]*\{\n([\s\S]*?)^\}/gm)) {
        interfaces.set(`${part}.${name}`, body);
      }
    }
  }
  interfaces.set('v2.V2Resource', interfaces.get('v1.V2Resource'));
  const below = (part, name, path) =>
    [...interfaces.get(`${part}.${name}`).matchAll(/^ {4}(?:readonly )?([$\w]+)(?:\([^)]*\))?: (?:v\d\.)?([\w$]+Resource)?/gm)]
      .flatMap(([, member, resource]) => {
        const here = `${path}.${member}`;
        return here === 'v1.admin' ? [] : resource ? below(part, resource, here) : [here];
      });
  return [...below('v1', 'V1Resource', 'v1'), ...below('v2', 'V2Resource', 'v2')];
};

/** The client, which puts the name of each method that is called into the set. */
export const recorded = (target, called, path = '') => new Proxy(() => undefined, {
  get: (_, name) => {
    if (typeof name !== 'string' || name === 'then') {
      return undefined;
    }
    return recorded(target[name], called, path ? `${path}.${name}` : name);
  },
  apply: (_, self, args) => {
    const result = target(...args);
    if (path.endsWith('$select')) {
      return recorded(result, called, path);
    }
    called.add(path);
    return result;
  },
});
