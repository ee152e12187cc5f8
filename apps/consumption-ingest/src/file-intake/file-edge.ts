import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { BackgroundLoop } from '@wardline/outbox';
import { LOG } from '@wardline/service-defaults';
import type { DropFolder } from './drop-folder.js';
import { FILE_SETTINGS, type FileSettings } from './file-settings.js';

/** Injects the drop folder; null where no files are taken in. */
export const DROP_FOLDER = Symbol('drop-folder');

/** Looks into the inboxes again and again; only where a folder is set. */
@Injectable()
export class FileEdge implements OnApplicationBootstrap, OnApplicationShutdown {
  #loop: BackgroundLoop | undefined;

  constructor(
    @Inject(FILE_SETTINGS) private readonly settings: FileSettings | null,
    @Inject(DROP_FOLDER) private readonly folder: DropFolder | null,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { settings, folder, log } = this;
    if (settings === null || folder === null) return;
    await folder.prepare();
    log.info(`files are taken from ${settings.folder} for ${settings.feeds.map(({ name }) => name).join(', ')}`);
    this.#loop = new BackgroundLoop({
      work: (ending) => folder.sweep(ending).then(() => false),
      onError: ({ message }) => log.error(`the drop folder was not read: ${message}`),
      pollMs: settings.pollMs,
      pausesFirst: true,
    });
    this.#loop.start();
  }

  /** A file under way stops behind its last commit. */
  async onApplicationShutdown(): Promise<void> {
    await this.#loop?.stop();
  }
}
