import type { FileFeed } from './feed.js';

/** How files are taken in. */
export interface FileSettings {
  /** Folder with a folder per feed, each with `inbox`, `done`, `refused` and `receipts`. */
  readonly folder: string;
  readonly feeds: readonly FileFeed[];
  /** Milliseconds between two looks into the inboxes. */
  readonly pollMs: number;
}

/** Injects {@link FileSettings}; null where no files are taken in. */
export const FILE_SETTINGS = Symbol('file-settings');
