import { RegistryUnreadable } from '../registry/registry-unreadable.ts';
import { NotOurFolder } from '../registry/write-registry.ts';

/** What the file system says of a path that a person chose; a path that is not there is told by who looks for it. */
const OF_THE_PATH = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** The message for an error that comes of what was asked for; undefined where it is a fault of ours. */
export function toldMistake(error: unknown): string | undefined {
  if (error instanceof RegistryUnreadable || error instanceof NotOurFolder) {
    return error.hint === undefined ? error.message : `${error.message}\nhint: ${error.hint}`;
  }
  const { code, path } = (error ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || typeof path !== 'string' || !OF_THE_PATH.has(code)) return undefined;
  return `${path} cannot be used: ${(error as Error).message}`;
}
