import { Module } from '@nestjs/common';
import { config, CONFIG } from './config.js';

/** The settings, read once for all edges: they name profiles, mappings and feeds, which are read with them. */
@Module({ providers: [{ provide: CONFIG, useFactory: () => config() }], exports: [CONFIG] })
export class ConfigModule {}
