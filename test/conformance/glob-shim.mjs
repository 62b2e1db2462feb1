// Node 20 lacks fs.globSync; conformance imports it statically (used only by tier-check/client code).
import { register } from 'node:module';

register(
  'data:text/javascript,' +
    encodeURIComponent(`
export async function resolve(s, ctx, next) {
  if ((s === 'fs' || s === 'node:fs') && ctx.parentURL?.includes('@modelcontextprotocol/conformance/')) {
    return { url: 'shim:fs', shortCircuit: true };
  }
  return next(s, ctx);
}
export async function load(url, ctx, next) {
  if (url === 'shim:fs') return { format: 'module', shortCircuit: true, source: "export * from 'node:fs'; export const globSync = () => [];" };
  return next(url, ctx);
}`),
  import.meta.url,
);
