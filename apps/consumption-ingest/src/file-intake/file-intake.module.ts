import { Module } from '@nestjs/common';
import type { Clock, Log } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK, LOG } from '@wardline/service-defaults';
import { CONFIG, fileSettings } from '../config.js';
import { ConfigModule } from '../config.module.js';
import { DropFolder } from './drop-folder.js';
import { DROP_FOLDER, FileEdge } from './file-edge.js';
import { FileIntake } from './file-intake.js';
import { FileRowStore, FileStore } from './file.store.js';
import { FileController } from './file.controller.js';
import { FILE_SETTINGS, type FileSettings } from './file-settings.js';

/** Files from a drop folder. */
@Module({
  imports: [ConfigModule],
  controllers: [FileController],
  providers: [
    FileStore,
    FileRowStore,
    FileEdge,
    { provide: FILE_SETTINGS, useFactory: fileSettings, inject: [CONFIG] },
    {
      provide: FileIntake,
      useFactory: (database: Database, outbox: Outbox, files: FileStore, rows: FileRowStore, clock: Clock) =>
        new FileIntake({ database, outbox, files, rows, clock }),
      inject: [Database, Outbox, FileStore, FileRowStore, CLOCK],
    },
    {
      provide: DROP_FOLDER,
      useFactory: dropFolder,
      inject: [FILE_SETTINGS, FileIntake, Database, FileStore, FileRowStore, CLOCK, LOG],
    },
  ],
})
export class FileIntakeModule {}

function dropFolder(
  settings: FileSettings | null,
  intake: FileIntake,
  ...[database, files, rows, clock, log]: [Database, FileStore, FileRowStore, Clock, Log]
): DropFolder | null {
  return settings === null ? null : new DropFolder({ settings, intake, database, files, rows, clock, log });
}
