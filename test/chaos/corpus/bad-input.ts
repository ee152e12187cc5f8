import type { SchemaIds } from './good-record.ts';

/** A message as it lies on the broker. What is absent is that of a good one. */
export interface RawMessage {
  readonly value: Buffer | null;
  readonly key?: Buffer | null;
  /** Names and values, also the same name twice; text in UTF-8 or any bytes, a value may be missing. */
  readonly headers?: readonly (readonly [name: Buffer, value: Buffer | null])[];
  /** Milliseconds, as the producer claims. */
  readonly timestamp?: bigint;
  readonly compression?: 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

/**
 * What must become of a message: `read` and handled like any other, parked as unreadable without holding its key, or read,
 * refused by its handler and parked with its key held.
 */
export type Becomes =
  | 'read'
  | 'repeat'
  | { readonly unreadable: 'EMPTY_VALUE' | 'UNDECODABLE' | 'UNKNOWN_SCHEMA' | 'UNKNOWN_TYPE' }
  | { readonly held: string };

/** One entry of the corpus. */
export interface BadInput {
  readonly name: string;
  readonly becomes: Becomes;
  readonly message: (ids: SchemaIds) => RawMessage;
}
