import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { LOG } from '@wardline/service-defaults';
import type { DropFolder } from './drop-folder.js';
import { FILE_SETTINGS, type FileSettings } from './file-settings.js';

/** Injects the drop folder; null where no files are taken in. */
export const DROP_FOLDER = Symbol('drop-folder');

/** Looks into the inboxes again and again; only where a folder is set. */
@Injectable()
export class FileEdge implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sweep: Promise<void> = Promise.resolve();

  constructor(
    @Inject(FILE_SETTINGS) private readonly settings: FileSettings | null,
    @Inject(DROP_FOLDER) private readonly folder: DropFolder | null,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { settings, folder } = this;
    if (settings === null || folder === null) return;
    await folder.prepare();
    this.log.info(`files are taken from ${settings.folder} for ${settings.feeds.map(({ name }) => name).join(', ')}`);
    this.#next(folder, settings.pollMs);
  }

  /** A file under way stops behind its last commit. */
  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#sweep;
  }

  #next(folder: DropFolder, pollMs: number): void {
    this.#timer = setTimeout(() => {
      const failed = (error: unknown): void =>
        this.log.error(`the drop folder was not read: ${(error as Error).message}`);
      this.#sweep = folder.sweep(this.#stop.signal).catch(failed);
      void this.#sweep.then(() => (this.#stop.signal.aborted ? undefined : this.#next(folder, pollMs)));
    }, pollMs);
  }
}
